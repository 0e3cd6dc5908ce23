import { afterEach, describe, expect, it } from '@jest/globals';
import { allowFuture, instant, isoSeconds, seconds } from './instant.js';

const DAY = 86_400;
const now = () => Math.floor(Date.now() / 1000);
const iso = (at: number) => new Date(at * 1000).toISOString();
const problem = (schema: typeof instant | typeof seconds, value: unknown) =>
  schema.safeParse(value).error?.issues[0]?.message;

afterEach(() => allowFuture(DAY));

describe.each([
  ['an instant', instant],
  ['a second', seconds],
])('%s', (_, schema) => {
  it.each([
    [0, 0],
    [1_700_000_000, 1_700_000_000],
    ['2023-11-14T22:13:20Z', 1_700_000_000],
    ['2023-11-14T23:13:20+01:00', 1_700_000_000],
    ['2023-11-14T23:13:20+0100', 1_700_000_000],
    ['2023-11-14 22:13:20', 1_700_000_000],
    ['2023-11-14', 1_699_920_000],
    ['2024-02-29', 1_709_164_800],
    ['1970-01-01T00:00:00Z', 0],
  ])('is %j', (value, expected) => {
    expect(schema.parse(value)).toBe(expected);
  });

  it.each([
    [null, /unix seconds, or ISO 8601/],
    [true, /unix seconds, or ISO 8601/],
    ['', /unix seconds, or ISO 8601/],
    ['1700000000', /unix seconds, or ISO 8601/],
    ['yesterday', /unix seconds, or ISO 8601/],
    ['14/11/2023', /unix seconds, or ISO 8601/],
    ['2023-02-29', /unix seconds, or ISO 8601/],
    ['2023-04-31T00:00:00Z', /unix seconds, or ISO 8601/],
    ['2023-13-01', /unix seconds, or ISO 8601/],
    ['2023-11-14T25:00:00Z', /unix seconds, or ISO 8601/],
    [-1, /not before 1970/],
    ['1969-12-31T23:59:59Z', /not before 1970/],
    [1_700_000_000_000, /looks like milliseconds: send seconds/],
    [1_700_000_000_000_000, /looks like milliseconds: send seconds/],
    [100_000_000_000, /looks like milliseconds: send seconds/],
    [99_999_999_999, /more than a day in the future/],
    ['5138-01-01', /more than a day in the future/],
  ])('is not %j', (value, expected) => {
    expect(problem(schema, value)).toMatch(expected);
  });

  it.each([DAY, 0, 7 * DAY])('may be %s seconds in the future, and no more', (future) => {
    allowFuture(future);

    expect(schema.safeParse(now() + future).success).toBe(true);
    expect(schema.safeParse(iso(now() + future)).success).toBe(true);
    expect(problem(schema, now() + future + 2)).toMatch(/in the future/);
    expect(problem(schema, iso(now() + future + 2))).toMatch(/in the future/);
  });
});

it('an instant has fractions, a second has none', () => {
  expect(instant.parse(1.5)).toBe(1.5);
  expect(instant.parse('2023-11-14T22:13:20.250Z')).toBe(1_700_000_000.25);
  expect(seconds.parse('2023-11-14T22:13:20.999Z')).toBe(1_700_000_000);
  expect(problem(seconds, 1.5)).toMatch(/a whole number/);
});

it('a text is read in UTC where it has no zone', () => {
  expect(isoSeconds('2023-11-14T22:13:20')).toBe(1_700_000_000);
  expect(isoSeconds('2023-11-14T22:13:20.123456789Z')).toBeCloseTo(1_700_000_000.123, 6);
});
