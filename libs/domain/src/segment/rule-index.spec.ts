import { describe, expect, it } from '@jest/globals';
import * as fc from 'fast-check';
import type { AttributeValue, Change, Subject } from '../contact/contact.js';
import type { Filter } from '../filter/filter.js';
import {
  filter,
  instant,
  relativeDate,
  subject,
  ZONES,
} from '../../../../test/support/filter-arbitraries.js';
import { compileRule, firstFlip, type PersonType } from './rule.js';
import { RuleIndex } from './rule-index.js';

const SEED = 20_261_126;
const HOUR = 3600;
const DAY = 24 * HOUR;
const NOON = Date.parse('2026-06-15T12:00:00Z') / 1000;
const nobody: Subject = { attributes: {}, customAttributes: {}, events: {} };
const seenAt = (at: number): Subject => ({ ...nobody, attributes: { last_seen_at: at } });

function rules(filters: readonly Filter[], zone: string, personType: PersonType = 'contact') {
  return filters.map((filter, i) => compileRule({ id: `rule ${i}`, personType, filter }, zone));
}

/** A subject as keys and values. */
function flat({ attributes, customAttributes, events }: Subject): Map<string, AttributeValue> {
  const values = new Map(Object.entries(attributes));
  for (const [name, value] of Object.entries(customAttributes))
    values.set(`custom_attributes.${name}`, value);
  for (const [name, summary] of Object.entries(events))
    for (const [measure, value] of Object.entries(summary)) values.set(`event:${name}:${measure}`, value);
  return values;
}

function changesBetween(before: Subject, after: Subject): Change[] {
  const [from, to] = [flat(before), flat(after)];
  const valueOf = (values: Map<string, AttributeValue>, key: string) =>
    values.get(key) ?? (key.endsWith(':count') ? 0 : undefined);
  return [...new Set([...from.keys(), ...to.keys()])]
    .map((key) => ({ key, before: valueOf(from, key), after: valueOf(to, key) }))
    .filter(({ before, after }) => before !== after);
}

/** Some of it from one, the rest from the other. */
function mixed(before: Subject, after: Subject, parts: readonly boolean[]): Subject {
  const [attributes, customAttributes, events] = parts;
  return {
    attributes: attributes ? after.attributes : before.attributes,
    customAttributes: customAttributes ? after.customAttributes : before.customAttributes,
    events: events ? after.events : before.events,
  };
}

const scene = fc.record({
  filters: fc.array(filter, { minLength: 1, maxLength: 6 }),
  zone: fc.constantFrom(...ZONES),
  before: subject,
  other: subject,
  parts: fc.tuple(fc.boolean(), fc.boolean(), fc.boolean()),
  start: instant,
  step: fc.oneof(
    fc.constantFrom(0, 1e-3, 1, 60, HOUR, DAY, 31 * DAY, 400 * DAY),
    fc.double({ min: 0, max: 3 * DAY, noNaN: true }),
  ),
  /** A due time may be early: this much of the way to it. */
  early: fc.constantFrom(1, 1, 0.5),
});

/** Many relative dates on one key, so that their bounds stand close. */
const crowd = fc.array(
  relativeDate(fc.integer({ min: 0, max: 4 })).map(
    (asked) => ({ field: 'last_seen_at', ...asked }) as Filter,
  ),
  { minLength: 1, maxLength: 30 },
);
/** From a date to now: so many units, and about so many. */
const distance = fc
  .tuple(
    fc.constantFrom(60, HOUR, DAY, 7 * DAY, 30 * DAY),
    fc.integer({ min: -6, max: 6 }),
    fc.oneof(fc.constantFrom(0, 1e-3, -1e-3), fc.double({ min: -30, max: 30, noNaN: true })),
  )
  .map(([unit, units, rest]) => unit * units + rest);

describe('The rule index', () => {
  it('names every rule whose answer changes and time may have flipped', () => {
    fc.assert(
      fc.property(scene, ({ filters, zone, before, other, parts, start, step, early }) => {
        const index = new RuleIndex(rules(filters, zone));
        const after = mixed(before, other, parts);
        const now = start + step;
        const next = index.nextDue(before, start);
        const due = next === null ? null : start + (next - start) * early;
        const found = index.candidates({ subject: after, changes: changesBetween(before, after), due, now });
        const missed = index.allRules.filter(
          (rule) => rule.filter.test(before, start) !== rule.filter.test(after, now) && !found.has(rule),
        );
        expect(missed.map(({ id }) => filters[Number(id.slice(5))])).toEqual([]);
      }),
      { seed: SEED, numRuns: 4000 },
    );
  });

  it('knows the next due time: the earliest next flip of its rules', () => {
    fc.assert(
      fc.property(scene, ({ filters, zone, before, start }) => {
        const index = new RuleIndex(rules(filters, zone));
        const flips = index.allRules.map((rule) => rule.filter.nextFlip(before, start) ?? Infinity);
        expect(index.nextDue(before, start) ?? Infinity).toBe(Math.min(...flips));
      }),
      { seed: SEED, numRuns: 2000 },
    );
  });

  it('does both when bounds stand close', () => {
    const crowded = fc.record({
      filters: crowd,
      zone: fc.constantFrom(...ZONES),
      date: instant,
      distance,
      step: fc.oneof(fc.constantFrom(1, 60, HOUR, DAY), fc.double({ min: 0, max: 3 * DAY, noNaN: true })),
    });
    fc.assert(
      fc.property(crowded, ({ filters, zone, date, distance, step }) => {
        const index = new RuleIndex(rules(filters, zone));
        const [subject, start] = [seenAt(date), date + distance];
        const due = index.nextDue(subject, start);
        const flips = index.allRules.map((rule) => rule.filter.nextFlip(subject, start) ?? Infinity);
        expect(due ?? Infinity).toBe(Math.min(...flips));
        const now = (due ?? start) + step;
        const found = index.candidates({ subject, changes: [], due, now });
        const missed = index.allRules.filter(
          (rule) => rule.filter.test(subject, start) !== rule.filter.test(subject, now) && !found.has(rule),
        );
        expect(missed.map(({ id }) => filters[Number(id.slice(5))])).toEqual([]);
      }),
      { seed: SEED, numRuns: 2000 },
    );
  });

  it('knows the next due time of one key', () => {
    const ago = (field: string): Filter => ({ field, operator: 'more_than_ago', value: 1, unit: 'hours' });
    const index = new RuleIndex(rules([ago('last_seen_at'), ago('signed_up_at')], 'UTC'));
    const subject = { ...nobody, attributes: { last_seen_at: NOON, signed_up_at: NOON - 60 } };
    expect(index.nextDue(subject, NOON)).toBeCloseTo(NOON + HOUR - 60, 5);
    expect(index.nextDue(subject, NOON, ['last_seen_at', 'email', 'no such key'])).toBeCloseTo(
      NOON + HOUR,
      5,
    );
    expect(index.nextDue(subject, NOON, [])).toBeNull();
  });

  it('names the events that its rules read', () => {
    const count = (event: string): Filter => ({ event, measure: 'count', operator: '=', value: 1 });
    const index = new RuleIndex(rules([count('a:count'), count('b'), count('b')], 'UTC'));
    expect([...index.eventNames]).toEqual(['a:count', 'b']);
  });

  it('finds nothing when nothing changed and no time is due', () => {
    const index = new RuleIndex(rules([{ field: 'email', operator: 'is_unknown' }], 'UTC'));
    expect(index.candidates({ subject: nobody, changes: [], due: null, now: NOON }).size).toBe(0);
  });
});

describe('Among 10,000 rules, few are named when', () => {
  const MANY = 10_000;
  const change = (key: string, before: AttributeValue | undefined, after: AttributeValue | undefined) => ({
    key,
    before,
    after,
  });
  const seats = 'custom_attributes.seats';
  const seen = 'last_seen_at';
  it.each<[string, (i: number) => unknown, Change]>([
    [
      'a number crosses thresholds',
      (i) => ({ field: seats, operator: '>', value: i }),
      change(seats, 41, 43),
    ],
    [
      'a number crosses them downwards',
      (i) => ({ field: seats, operator: '<=', value: i }),
      change(seats, 43, 41),
    ],
    [
      'a value becomes another',
      (i) => ({ field: seats, operator: '=', value: `${i}` }),
      change(seats, '41', '43'),
    ],
    [
      'a value becomes known',
      (i) => ({ field: seats, operator: 'NIN', value: [i, -i] }),
      change(seats, undefined, 4),
    ],
    [
      'an event is counted',
      (i) => ({ event: 'x', measure: 'count', operator: '>=', value: i }),
      change('event:x:count', 9, 10),
    ],
    [
      'a date crosses a day',
      (i) => ({ field: seen, operator: '<', value: NOON - i * DAY }),
      change(seen, NOON - DAY, NOON),
    ],
    [
      'a date was on a day',
      (i) => ({ field: seen, operator: '=', value: NOON - i * DAY }),
      change(seen, NOON - DAY, NOON),
    ],
    ...['more_than_ago', 'less_than_ago', 'exactly_ago'].map(
      (operator): [string, (i: number) => unknown, Change] => [
        `a date moves, and it matters whether it is ${operator}`,
        (i) => ({ field: seen, operator, value: i, unit: i % 2 ? 'days' : 'hours' }),
        change(seen, NOON - 3 * HOUR, NOON),
      ],
    ),
    [
      'an old date moves, and it matters which day it was',
      (i) => ({ field: seen, operator: 'exactly_ago', value: i, unit: 'days' }),
      change(seen, NOON - 900 * DAY, NOON),
    ],
  ])('%s', (_, filterOf, change) => {
    const filters = Array.from({ length: MANY }, (_, i) => filterOf(i) as Filter);
    const index = new RuleIndex(rules(filters, 'Europe/Berlin'));
    const found = index.candidates({ subject: nobody, changes: [change], due: null, now: NOON });
    expect(found.size).toBeGreaterThan(0);
    expect(found.size).toBeLessThan(20);
  });

  it('a day passes', () => {
    const filters = Array.from({ length: MANY }, (_, value): Filter => ({
      field: seen,
      operator: 'more_than_ago',
      value,
      unit: 'days',
    }));
    const index = new RuleIndex(rules(filters, 'Europe/Berlin'));
    const subject = seenAt(NOON - 500 * DAY);
    const due = index.nextDue(subject, NOON);
    const found = index.candidates({ subject, changes: [], due, now: (due ?? 0) + 1 });
    expect([...found].map(({ id }) => id)).toContain('rule 500');
    expect(found.size).toBeLessThan(20);
  });
});

describe('A rule', () => {
  it.each<[PersonType, string, boolean]>([
    ['user', 'user', true],
    ['user', 'lead', false],
    ['lead', 'lead', true],
    ['contact', 'visitor', true],
  ])('for a %s asks a %s: %s', (personType, role, matches) => {
    const [rule] = rules([{ field: 'email', operator: 'is_unknown' }], 'UTC', personType);
    expect(rule?.filter.test({ ...nobody, attributes: { role } }, NOON)).toBe(matches);
  });

  it('tells the instant at which its answer changed first', () => {
    fc.assert(
      fc.property(filter, subject, instant, fc.constantFrom(...ZONES), (filter, subject, from, zone) => {
        const [rule] = rules([filter], zone);
        if (!rule) return;
        const { test } = rule.filter;
        const was = test(subject, from);
        const now = from + 90 * DAY;
        const flip = firstFlip(rule, subject, { from, now, was });
        expect(flip).toBeGreaterThan(from);
        if (flip < now) expect(test(subject, flip)).toBe(!was);
        for (let at = from; at < flip; at += DAY / 3)
          if (test(subject, at) !== was) throw new Error(`at ${at}`);
      }),
      { seed: SEED, numRuns: 500 },
    );
  });

  it('flips on the way, when the clock was late', () => {
    const hours = (value: number, operator: 'less_than_ago' | 'more_than_ago'): Filter => ({
      field: 'last_seen_at',
      operator,
      value,
      unit: 'hours',
    });
    const [rule] = rules(
      [{ operator: 'AND', value: [hours(5, 'less_than_ago'), hours(2, 'more_than_ago')] }],
      'UTC',
    );
    if (!rule) throw new Error('no rule');
    const subject = seenAt(NOON);
    expect(firstFlip(rule, subject, { from: NOON, now: NOON + DAY, was: false })).toBeCloseTo(
      NOON + 2 * HOUR,
      5,
    );
    expect(firstFlip(rule, subject, { from: NOON + 3 * HOUR, now: NOON + DAY, was: true })).toBe(
      NOON + 5 * HOUR,
    );
    expect(firstFlip(rule, subject, { from: NOON + 3 * HOUR, now: NOON + 4 * HOUR, was: true })).toBe(
      NOON + 4 * HOUR,
    );
    expect(firstFlip(rule, subject, { from: NOON + 3 * HOUR, now: NOON + DAY, was: false })).toBe(
      NOON + 3 * HOUR,
    );
  });
});
