import { describe, expect, it } from '@jest/globals';
import * as fc from 'fast-check';
import type { Filter } from '../filter/filter.js';
import { type Comparison, resolveFilter } from './resolve-filter.js';

const ZONE = 'America/New_York';
const at = (iso: string) => Date.parse(iso) / 1000;
/** A Sunday of 23 hours. */
const NOON = at('2026-03-08T12:00:00-04:00');
const START = at('2026-03-08T00:00:00-05:00');
const NEXT = at('2026-03-09T00:00:00-04:00');
const [UTC_START, UTC_NEXT] = [at('2026-03-08T00:00:00Z'), at('2026-03-09T00:00:00Z')];

function comparisonOf(predicate: object, version?: string): Comparison {
  const resolved = resolveFilter(predicate as Filter, {
    zone: ZONE,
    now: NOON,
    ...(version ? { version } : {}),
  });
  if ('target' in resolved) return resolved.comparison;
  throw new Error('Not a predicate');
}

const seen = (operator: string) => ({ field: 'last_seen_at', operator, value: NOON });
const renews = (operator: string) => ({ field: 'custom_attributes.renews_at', operator, value: NOON });

describe('The dates of a version', () => {
  it.each<[string, string, object, object]>([
    ['= is the day in the zone of the workspace', '2.16', seen('='), { '>=': START, '<': NEXT }],
    ['< is before its start', '2.14', seen('<'), { '<': START }],
    ['> is from the start of the next', '1.4', seen('>'), { '>=': NEXT }],
    ['so are custom ones', '2.16', renews('='), { '>=': START, '<': NEXT }],
    ['= is the second', '2.17', seen('='), { '>=': NOON, '<': NOON + 1 }],
    ['< is before the second', '2.17', seen('<'), { '<': NOON }],
    ['<= is until its end', '2.17', seen('<='), { '<': NOON + 1 }],
    ['>= is from its start', 'Preview', seen('>='), { '>=': NOON }],
    ['> is after it', 'Unstable', seen('>'), { '>=': NOON + 1 }],
    ['custom = is a day of UTC', '2.17', renews('='), { '>=': UTC_START, '<': UTC_NEXT }],
    ['custom > is from the start of the next day of UTC', 'Preview', renews('>'), { '>=': UTC_NEXT }],
    [
      'our own are days of the workspace',
      '2.17',
      { field: 'last_seen_at', operator: 'exactly_ago', value: 0, unit: 'days' },
      { '>=': START, '<': NEXT },
    ],
    [
      'those of events too',
      '2.17',
      { event: 'bought', measure: 'last', operator: '=', value: NOON },
      { '>=': START, '<': NEXT },
    ],
  ])('%s (%s)', (_, version, predicate, range) => {
    expect(comparisonOf(predicate, version)).toEqual({ kind: 'ranges', ranges: [range], negated: false });
  });

  it('are those of 2.16 where no version is asked for', () => {
    for (const operator of ['=', '<', '>'])
      for (const predicate of [seen(operator), renews(operator)])
        expect(comparisonOf(predicate)).toEqual(comparisonOf(predicate, '2.16'));
  });

  it('are the complement when they are negated', () => {
    expect(comparisonOf(seen('!='), '2.17')).toEqual({ ...comparisonOf(seen('='), '2.17'), negated: true });
  });
});

describe('A date without end', () => {
  it.each([
    ['more_than_ago', 100_000, 'months', { '<': -Infinity }],
    ['less_than_ago', 100_000, 'weeks', { '>=': expect.any(Number), '<': NEXT }],
    ['more_than_from_now', 100_000, 'months', { '>=': Infinity }],
  ])('%s %i %s has bounds that no store trips over', (operator, value, unit, range) => {
    expect(comparisonOf({ field: 'last_seen_at', operator, value, unit })).toMatchObject({ ranges: [range] });
  });
});

describe('What is no date', () => {
  it('is compared as it is, whatever the version', () => {
    fc.assert(
      fc.property(fc.constantFrom('<', '>', '<=', '>='), fc.integer(), (operator, value) => {
        const predicate = { field: 'web_sessions', operator, value };
        expect(comparisonOf(predicate, '2.17')).toEqual({
          kind: 'ranges',
          ranges: [{ [operator]: value }],
          negated: false,
        });
      }),
      { seed: 1, numRuns: 50 },
    );
  });
});
