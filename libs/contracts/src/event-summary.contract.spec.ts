import { describe, expect, it } from '@jest/globals';
import { parse, seedSummaries } from './index.js';
import { refusalOf } from '../../../test/support/refusal.js';

const aSummary = (overrides: object = {}) => ({
  event_name: 'purchased',
  count: 3,
  first: 1_600_000_000,
  last: 1_700_000_000,
  ...overrides,
});
const seed = (event_summaries: unknown) => ({ user_id: 'u1', event_summaries });
const many = (count: number) => Array.from({ length: count }, () => aSummary());

describe('a history', () => {
  it('is one summary or a list of them', () => {
    expect(parse(seedSummaries, seed(aSummary()))).toEqual(seed([aSummary()]));
    expect(parse(seedSummaries, seed(many(100))).event_summaries).toHaveLength(100);
  });

  it('may have its times in ISO 8601', () => {
    const summary = aSummary({ first: '2020-09-13T12:26:40Z', last: '2023-11-14T23:13:20.9+01:00' });

    expect(parse(seedSummaries, seed(summary))).toEqual(seed([aSummary()]));
  });

  it.each<[string, unknown, string, string]>([
    ['nothing', undefined, 'parameter_missing', 'event_summaries'],
    ['an empty list', [], 'parameter_invalid', 'event_summaries'],
    ['too long a list', many(101), 'parameter_invalid', 'event_summaries'],
    [
      'a summary without a count',
      aSummary({ count: undefined }),
      'parameter_missing',
      'event_summaries.count',
    ],
    ['a count of nothing', aSummary({ count: 0 }), 'parameter_invalid', 'event_summaries.count'],
    ['too high a count', aSummary({ count: 1_000_000_001 }), 'parameter_invalid', 'event_summaries.count'],
    ['an end before its beginning', aSummary({ last: 1 }), 'parameter_invalid', 'event_summaries.first'],
    ['a time in milliseconds', aSummary({ last: 1.7e12 }), 'parameter_invalid', 'event_summaries.last'],
    ['a date that is none', aSummary({ first: '2020-02-30' }), 'parameter_invalid', 'event_summaries.first'],
    ['an unknown key', aSummary({ name: 'x' }), 'parameter_invalid', 'event_summaries.name'],
    [
      'one wrong in a list',
      [aSummary(), aSummary({ count: 0.5 })],
      'parameter_invalid',
      'event_summaries.1.count',
    ],
  ])('of %s is refused', (_, summaries, code, field) => {
    expect(refusalOf(seedSummaries, seed(summaries))).toMatchObject([{ code, field }]);
  });

  it('may have the highest count', () => {
    expect(parse(seedSummaries, seed(aSummary({ count: 1_000_000_000 }))).event_summaries[0]?.count).toBe(
      1e9,
    );
  });
});
