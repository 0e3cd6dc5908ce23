import * as fc from 'fast-check';
import type { Filter, Subject } from '#domain';

/** Zones with the odd days: midnight skipped (Sao Paulo), a whole day skipped (Apia), half-hour shifts (Lord Howe). */
export const ZONES = [
  'UTC',
  'America/New_York',
  'Europe/Berlin',
  'Asia/Kolkata',
  'America/Sao_Paulo',
  'Pacific/Apia',
  'Australia/Lord_Howe',
];

const TURNS = [
  '2026-03-08T07:00:00Z', // New York: clocks go forward, and back
  '2026-11-01T06:00:00Z',
  '2026-03-29T01:00:00Z', // Berlin
  '2026-10-25T01:00:00Z',
  '2018-11-04T03:00:00Z', // Sao Paulo: at midnight
  '2019-02-17T02:00:00Z',
  '2011-12-30T10:00:00Z', // Apia: no 30 December
  '2026-04-04T15:00:00Z', // Lord Howe
  '2026-10-03T15:30:00Z',
  '2024-02-29T12:00:00Z', // leap days, ends of months and years
  '2028-02-29T00:00:00Z',
  '2026-01-31T12:00:00Z',
  '2025-12-31T23:00:00Z',
].map((turn) => Date.parse(turn) / 1000);

const AMOUNTS = [0, 1, 2, 3, 7, 12, 24, 28, 30, 31, 60, 365];

/** Near a turn, and often to the second, half an hour, day or month from it. */
export const instant: fc.Arbitrary<number> = fc
  .tuple(
    fc.constantFrom(...TURNS),
    fc.constantFrom(0, 1, -1, 2, 7, 28, 30, 31, 61, 365),
    fc.integer({ min: -60, max: 60 }),
    fc.constantFrom(0, 0, 1, -1, 59.5, 1e-3),
  )
  .map(([turn, days, halfHours, seconds]) => turn + days * 86_400 + halfHours * 1800 + seconds);

const number = fc.constantFrom(-1, 0, 1, 2, 2.5, 3, 5, 8, 13);
const word = fc.constantFrom('', 'a', 'A', 'ab', 'Ba', 'aBc', '5', 'true', 'İ', 'Σ', 'ΑΣ', 'ας', 'ẞ');
const scalar = fc.oneof(number, word, fc.boolean());

const equality = (value: fc.Arbitrary<unknown>) =>
  fc.oneof(
    fc.record({ operator: fc.constantFrom('=', '!='), value }),
    fc.record({
      operator: fc.constantFrom('IN', 'NIN'),
      value: fc.array(value, { minLength: 1, maxLength: 3 }),
    }),
  );
const order = (value: fc.Arbitrary<number>) =>
  fc.record({ operator: fc.constantFrom('<', '>', '<=', '>='), value });
const search = fc.record({ operator: fc.constantFrom('~', '!~', '^', '$'), value: word });
const presence = fc.record({ operator: fc.constantFrom('is_unknown', 'has_any_value') });
export const relativeDate = (amount: fc.Arbitrary<number>) =>
  fc.record({
    operator: fc.constantFrom(
      'more_than_ago',
      'less_than_ago',
      'exactly_ago',
      'more_than_from_now',
      'less_than_from_now',
      'exactly_from_now',
    ),
    value: amount,
    unit: fc.constantFrom('minutes', 'hours', 'days', 'weeks', 'months'),
  });
const date = fc.oneof(
  { weight: 4, arbitrary: relativeDate(fc.constantFrom(...AMOUNTS)) },
  { weight: 1, arbitrary: equality(instant) },
  { weight: 1, arbitrary: order(instant) },
  { weight: 1, arbitrary: presence },
);
const count = fc.oneof(equality(number), order(number));

const EVENTS = ['purchased', 'invited'];
const on = (field: string, condition: fc.Arbitrary<object>) =>
  condition.map((asked) => ({ field, ...asked }));
const of = (measure: string, condition: fc.Arbitrary<object>) =>
  fc.tuple(fc.constantFrom(...EVENTS), condition).map(([event, asked]) => ({ event, measure, ...asked }));

const predicate: fc.Arbitrary<unknown> = fc.oneof(
  on('email', fc.oneof(equality(word), search, presence)),
  on('web_sessions', fc.oneof(equality(number), order(number), presence)),
  on('ios_sessions', fc.oneof(equality(number), order(number), presence)),
  on('unsubscribed_from_emails', fc.oneof(equality(fc.boolean()), presence)),
  on('last_seen_at', date),
  on('signed_up_at', date),
  on('custom_attributes.plan', fc.oneof(equality(scalar), order(number), search, presence)),
  on('custom_attributes.renews_at', date),
  of('count', count),
  of('first', date),
  of('last', date),
);

/** Filters of one to a dozen predicates, in groups up to three deep. */
export const filter: fc.Arbitrary<Filter> = fc
  .letrec((tie) => ({
    node: fc.oneof({ maxDepth: 3, depthSize: 'small' }, predicate, tie('group'), tie('not')),
    group: fc.record({
      operator: fc.constantFrom('AND', 'OR'),
      value: fc.array(tie('node'), { minLength: 1, maxLength: 3 }),
    }),
    not: fc.record({ operator: fc.constant('NOT'), value: fc.tuple(tie('node')) }),
  }))
  .node.map((node) => node as Filter);

const summary = fc
  .record({ count: fc.integer({ min: 1, max: 13 }), first: instant, last: instant })
  .map(({ count, first, last }) => ({ count, first: Math.min(first, last), last: Math.max(first, last) }));

/** Contacts with anything known or unknown, and custom attributes of any type. */
export const subject: fc.Arbitrary<Subject> = fc.record({
  attributes: fc.record(
    {
      email: word,
      web_sessions: number,
      ios_sessions: number,
      unsubscribed_from_emails: fc.boolean(),
      last_seen_at: instant,
      signed_up_at: instant,
    },
    { requiredKeys: [] },
  ),
  customAttributes: fc.record(
    { plan: scalar, renews_at: fc.oneof({ weight: 4, arbitrary: instant }, { weight: 1, arbitrary: word }) },
    { requiredKeys: [] },
  ),
  events: fc.record({ purchased: summary, invited: summary }, { requiredKeys: [] }),
});
