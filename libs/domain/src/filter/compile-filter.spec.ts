import { describe, expect, it } from '@jest/globals';
import * as fc from 'fast-check';
import type { Subject } from '../contact/contact.js';
import { filter, instant, subject, ZONES } from '../../../../test/support/filter-arbitraries.js';
import { naiveTest } from '../../../../test/support/naive-filter.js';
import { compileFilter } from './compile-filter.js';
import { parseFilter } from './parse-filter.js';

const SEED = 20_261_125;
const HOUR = 3600;
const DAY = 24 * HOUR;
const zone = fc.constantFrom(...ZONES);
const nobody: Subject = { attributes: {}, customAttributes: {}, events: {} };
const seenAt = (at: number): Subject => ({ ...nobody, attributes: { last_seen_at: at } });

describe('A compiled filter', () => {
  it('agrees with the naive reading of the rules', () => {
    fc.assert(
      fc.property(filter, subject, instant, zone, (filter, subject, now, zone) => {
        expect(compileFilter(filter, zone).test(subject, now)).toBe(
          naiveTest(filter, subject, { zone, now }),
        );
      }),
      { seed: SEED, numRuns: 5000 },
    );
  });

  it('was parsed, and parsing it again changes nothing', () => {
    fc.assert(
      fc.property(filter, (filter) => expect(parseFilter(filter)).toEqual(filter)),
      { seed: SEED, numRuns: 500 },
    );
  });

  it('reads the keys it names', () => {
    const parsed = parseFilter({
      operator: 'OR',
      value: [
        { field: 'email', operator: 'is_unknown' },
        { operator: 'NOT', value: [{ field: 'custom_attributes.plan', operator: '=', value: 'free' }] },
        { event: 'Purchased', measure: 'last', operator: 'less_than_ago', value: 1, unit: 'hours' },
      ],
    });
    expect([...compileFilter(parsed, 'UTC').keys]).toEqual([
      'email',
      'custom_attributes.plan',
      'event:purchased:last',
    ]);
  });

  it('finds nothing under a name that every object inherits', () => {
    for (const field of ['custom_attributes.constructor', 'custom_attributes.__proto__']) {
      const { test } = compileFilter({ field, operator: 'has_any_value' }, 'UTC');
      expect(test(nobody, 0)).toBe(false);
    }
  });
});

describe('The next flip of a filter', () => {
  const probes = (now: number, end: number, filter: object, subject: Subject) => {
    const instants = new Set<number>();
    const add = (from: number, to: number, step: number) => {
      for (let at = from; at < to; at += step) instants.add(at);
    };
    add(now, now + 6 * HOUR, 120);
    add(now, now + 3 * DAY, HOUR / 2);
    add(now, now + 400 * DAY, DAY);
    add(end - 2, end, 0.25);
    for (const date of datesOf(subject))
      for (const amount of amountsOf(filter))
        for (const unit of [60, HOUR, DAY, 7 * DAY])
          for (const near of [-1, 0, 1e-6, 1])
            for (const at of [date + amount * unit + near, date - amount * unit + near]) instants.add(at);
    return [...instants].filter((at) => at > now && at < end - 1e-6);
  };
  const datesOf = ({ attributes, customAttributes, events }: Subject) =>
    [
      ...Object.values(attributes),
      ...Object.values(customAttributes),
      ...Object.values(events).flatMap(({ first, last }) => [first, last]),
    ].filter((value) => typeof value === 'number' && value > 1e6) as number[];
  const amountsOf = (filter: object) => [
    ...new Set(
      [...JSON.stringify(filter).matchAll(/"value":(\d+),"unit"/g)].map(([, amount]) => Number(amount)),
    ),
  ];

  it('is later than now, and nothing changes before it', () => {
    fc.assert(
      fc.property(filter, subject, instant, zone, (filter, subject, now, zone) => {
        const { test, nextFlip } = compileFilter(filter, zone);
        const flip = nextFlip(subject, now);
        if (flip !== null) expect(flip).toBeGreaterThan(now);
        const was = test(subject, now);
        const end = flip ?? now + 10 * 365 * DAY;
        expect(probes(now, end, filter, subject).filter((at) => test(subject, at) !== was)).toEqual([]);
      }),
      { seed: SEED, numRuns: 2000 },
    );
  });

  const at = (iso: string) => Date.parse(iso) / 1000;
  const seen = at('2026-03-07T15:30:00-05:00');
  it.each([
    ['the midnight after the days', 'more_than_ago', [2, 'days'], '2026-03-07', '2026-03-10T00:00:00-04:00'],
    [
      'the midnight that ends the days',
      'less_than_ago',
      [2, 'days'],
      '2026-03-07',
      '2026-03-09T00:00:00-04:00',
    ],
    ['the midnight of the day', 'exactly_ago', [2, 'days'], '2026-03-07', '2026-03-09T00:00:00-04:00'],
    ['the hour', 'less_than_ago', [24, 'hours'], '2026-03-07', '2026-03-08T16:30:00-04:00'],
    ['the day of another month', 'more_than_ago', [1, 'months'], '2026-03-07', '2026-04-08T00:00:00-04:00'],
    [
      'the next month, after a short one',
      'more_than_ago',
      [1, 'months'],
      '2026-01-30',
      '2026-03-01T00:00:00-05:00',
    ],
    [
      'no sooner before a long month',
      'less_than_from_now',
      [1, 'months'],
      '2026-05-31',
      '2026-05-01T00:00:00-04:00',
    ],
  ] as const)('is %s', (...[, operator, [value, unit], day, flip]) => {
    const seen = at(`${day}T15:30:00${day < '2026-03-08' ? '-05:00' : '-04:00'}`);
    const now = operator.endsWith('_ago') ? seen : seen - 60 * DAY;
    const { nextFlip } = compileFilter({ field: 'last_seen_at', operator, value, unit }, 'America/New_York');
    expect(nextFlip(seenAt(seen), now)).toBe(at(flip));
  });

  it('of "more than an hour ago" is the first microsecond that is more', () => {
    const { test, nextFlip } = compileFilter(
      { field: 'last_seen_at', operator: 'more_than_ago', value: 1, unit: 'hours' },
      'UTC',
    );
    const flip = nextFlip(seenAt(seen), seen);
    expect(flip).toBeCloseTo(seen + HOUR, 5);
    expect(test(seenAt(seen), seen + HOUR)).toBe(false);
    expect(test(seenAt(seen), flip ?? 0)).toBe(true);
  });

  it.each([
    ['time plays no part', { field: 'email', operator: '=', value: 'a' }, seenAt(seen)],
    [
      'the date is unknown',
      { field: 'last_seen_at', operator: 'more_than_ago', value: 1, unit: 'days' },
      nobody,
    ],
    ['it has come', { field: 'last_seen_at', operator: 'more_than_ago', value: 0, unit: 'days' }, seenAt(0)],
    [
      'it comes after the year 9999',
      { field: 'last_seen_at', operator: 'more_than_ago', value: 1, unit: 'days' },
      seenAt(1e15),
    ],
  ])('is never when %s', (_, filter, subject) => {
    expect(compileFilter(parseFilter(filter), 'UTC').nextFlip(subject, seen)).toBeNull();
  });
});
