import { describe, expect, it } from '@jest/globals';
import { createEvent, createEvents, parse, ping, referenceOf } from './index.js';
import { refusalOf } from '../../../test/support/refusal.js';

const ID = '0123456789abcdef01234567';
const chars = (count: number) => 'x'.repeat(count);
const anEvent = (overrides: object = {}) => ({
  user_id: 'u1',
  event_name: 'purchased',
  created_at: 1_700_000_000,
  ...overrides,
});
const METADATA_OF_INTERCOM = {
  order_date: 1_700_000_000,
  article: 'https://example.com/1',
  stripe_customer: 'cus_42968',
  stripe_invoice: 'inv_3434343434',
  stripe_charge: 'ch_1',
};
const names = (count: number) =>
  Object.fromEntries(Array.from({ length: count }, (_, index) => [`k${index}`, index]));

describe('an event is taken', () => {
  it.each<[string, object]>([
    ['without metadata', {}],
    ['with a name at its limit', { event_name: chars(255) }],
    ['with values of every type', { metadata: { a: chars(255), b: 1, c: true } }],
    ['with a rich link', { metadata: { order: { url: 'https://shop.example/1', value: '1' } } }],
    ['with an amount of money', { metadata: { price: { amount: 500, currency: 'eur' } } }],
    ['with as many metadata names as there may be', { metadata: names(20) }],
    ['with a date, a link and ids of Stripe', { metadata: METADATA_OF_INTERCOM }],
    ['with a metadata name at its limit', { metadata: { [chars(190)]: 1 } }],
    ['with a link at its limit', { metadata: { a: { url: `https://${chars(2_040)}`, value: '1' } } }],
    ['with a dedupe key at its limit', { dedupe_key: chars(255) }],
  ])('%s', (_, overrides) => {
    expect(parse(createEvent, anEvent(overrides))).toEqual(anEvent(overrides));
  });

  it('with its name as it is kept', () => {
    expect(parse(createEvent, anEvent({ event_name: ' Order.Placed ' })).event_name).toBe('order-placed');
  });
});

describe('an event is refused, by name,', () => {
  it.each<[string, object, 'parameter_missing' | 'parameter_invalid', string, RegExp]>([
    ['of nobody', { user_id: undefined }, 'parameter_missing', 'user_id', /one of id, user_id or email/],
    ['without a name', { event_name: undefined }, 'parameter_missing', 'event_name', /1 to 255/],
    ['with a name of spaces', { event_name: '  ' }, 'parameter_invalid', 'event_name', /1 to 255/],
    ['with a name over its limit', { event_name: chars(256) }, 'parameter_invalid', 'event_name', /1 to 255/],
    ['without a time', { created_at: undefined }, 'parameter_missing', 'created_at', /unix seconds/],
    ['in milliseconds', { created_at: 1_700_000_000_000 }, 'parameter_invalid', 'created_at', /milliseconds/],
    ['with an unknown key', { name: 'x' }, 'parameter_invalid', 'name', /unknown parameter/],
    ['with too much metadata', { metadata: names(21) }, 'parameter_invalid', 'metadata', /at most 20/],
    ['with a list', { metadata: { a: [1] } }, 'parameter_invalid', 'metadata.a', /expected a string/],
    [
      'with a metadata name over its limit',
      { metadata: { [chars(191)]: 1 } },
      'parameter_invalid',
      `metadata.${chars(191)}`,
      /1 to 190/,
    ],
    ['with null', { metadata: { a: null } }, 'parameter_invalid', 'metadata.a', /expected a string/],
    ['with deeper objects', { metadata: { a: { b: 1 } } }, 'parameter_invalid', 'metadata.a', /a link/],
    ['with a dot in a name', { metadata: { 'a.b': 1 } }, 'parameter_invalid', 'metadata.a.b', /none of/],
    ['with a name twice', { metadata: { a: 1, A: 2 } }, 'parameter_invalid', 'metadata', /upper and lower/],
    [
      'with a dedupe key over its limit',
      { dedupe_key: chars(256) },
      'parameter_invalid',
      'dedupe_key',
      /255/,
    ],
    ['with text over its limit', { metadata: { a: chars(256) } }, 'parameter_invalid', 'metadata.a', /255/],
  ])('%s', (...[, overrides, code, field, message]) => {
    const [refusal, ...others] = refusalOf(createEvent, anEvent(overrides));

    expect(others).toEqual([]);
    expect(refusal).toMatchObject({ code, field });
    expect(refusal?.message).toMatch(message);
  });
});

describe('a list of events', () => {
  it.each([0, 101])('is refused with %i items', (count) => {
    const body = { events: Array.from({ length: count }, () => anEvent()) };

    expect(refusalOf(createEvents, body)[0]).toMatchObject({ code: 'parameter_invalid', field: 'events' });
  });

  it('is taken with 100 items, whatever they are', () => {
    expect(parse(createEvents, { events: Array(100).fill(null) }).events).toHaveLength(100);
  });
});

describe('the contact of an event', () => {
  it.each([
    ['its id first', { id: ID, user_id: 'u1', email: 'a@b.c' }, { id: ID }],
    ['the user id when the id cannot be one', { id: 'bogus', user_id: 'u1' }, { user_id: 'u1' }],
    ['the e-mail last', { email: 'a@b.c' }, { email: 'a@b.c' }],
  ])('is found by %s', (_, body, reference) => {
    expect(referenceOf(body)).toEqual(reference);
  });

  it('is not found by what cannot be an id', () => {
    expect(() => referenceOf({ id: 'bogus' })).toThrow(expect.objectContaining({ code: 'not_found' }));
  });
});

describe('a ping', () => {
  it('is from the web and now unless it says otherwise', () => {
    expect(parse(ping, { user_id: 'u1' })).toEqual({ user_id: 'u1', platform: 'web' });
  });

  it.each([
    [{ user_id: 'u1', platform: 'tv' }, 'platform'],
    [{}, 'user_id'],
    [{ user_id: 'u1', created_at: -1 }, 'created_at'],
  ])('is refused as %j', (body, field) => {
    expect(refusalOf(ping, body)[0]?.field).toBe(field);
  });
});
