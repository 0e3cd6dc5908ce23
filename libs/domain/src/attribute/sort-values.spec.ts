import { describe, expect, it } from '@jest/globals';
import type { AttributeRegistry, AttributeType, DeclaredAttribute } from './data-attribute.js';
import { type AskedValues, sortValues } from './sort-values.js';

const chars = (count: number) => 'x'.repeat(count);

function registry(
  attributes: Record<string, Partial<DeclaredAttribute>> = {},
  unknown: AttributeRegistry['unknown'] = 'create',
): AttributeRegistry {
  const declared = Object.entries(attributes).map(
    ([name, attribute]) =>
      [
        name,
        { model: 'contact', dataType: 'string', archived: false, messengerWritable: true, ...attribute },
      ] as const,
  );
  return { unknown, attributes: new Map(declared) };
}

const sort = (values: AskedValues, known = registry()) => {
  const { taken, refused, ignored, undeclared } = sortValues(known, 'contact', values);
  return {
    taken,
    refused: refused.map(({ message }) => message),
    ignored: ignored.map(({ message }) => message),
    undeclared: Object.fromEntries(undeclared),
  };
};

describe('an attribute that nobody declared', () => {
  it.each<[string, unknown, AttributeType]>([
    ['plan', 'pro', 'string'],
    ['plan', chars(255), 'string'],
    ['renews_at', '2026-01-01', 'string'],
    ['seats', 3, 'float'],
    ['ratio', 1.5, 'float'],
    ['vip', false, 'boolean'],
    ['renews_at', 1_700_000_000, 'date'],
    ['created_at_us', 7, 'float'],
    [chars(190), 1, 'float'],
    ['Größe in €', 1, 'float'],
    ['a-b_c d', 1, 'float'],
    ['Email', 'names are case-sensitive', 'string'],
    ['constructor', 1, 'float'],
    ['toString', 1, 'float'],
    ['country', 'a standard one is called location.country', 'string'],
  ])('%s takes its type from %j', (name, value, type) => {
    expect(sort({ [name]: value })).toEqual({
      taken: {},
      refused: [],
      ignored: [],
      undeclared: { [name]: type },
    });
  });

  it('is cleared without being declared', () => {
    expect(sort({ plan: null })).toMatchObject({ taken: { plan: null }, undeclared: {} });
  });

  it('is refused, or left out, where the workspace says so', () => {
    expect(sort({ plan: 'pro' }, registry({}, 'reject')).refused).toEqual([
      'custom_attributes.plan: no such attribute is declared: POST /data_attributes first',
    ]);
    expect(sort({ plan: 'pro' }, registry({}, 'ignore'))).toMatchObject({
      taken: {},
      refused: [],
      ignored: [expect.stringContaining('custom_attributes.plan: no such attribute')],
    });
  });
});

describe('a custom attribute is refused', () => {
  it.each<[string, AskedValues, RegExp]>([
    ['with a list as value', { a: ['x'] }, /^custom_attributes\.a: .*string of at most 255/],
    ['with an object as value', { a: {} }, /finite number/],
    ['with an infinite value', { a: Infinity }, /finite number/],
    ['with a string over the limit', { a: chars(256) }, /at most 255/],
    ['with milliseconds as a date', { a_at: 1_700_000_000_000 }, /not milliseconds/],
    ['without a name', { '': 1 }, /as a name, expected 1 to 190/],
    ['with a name over the limit', { [chars(191)]: 1 }, /as a name, expected 1 to 190/],
    ['with a dot in its name', { 'a.b': 1 }, /^custom_attributes\.a\.b: as a name, expected none of/],
    ['with a line break in its name', { 'a\nb': 1 }, /expected none of/],
    ['with the name of a standard one', { email: 'x' }, /belongs to a standard/],
    ['with the name of a nested one', { location: 'x' }, /belongs to a standard/],
    ['with the name of one that Muster keeps', { web_sessions: 1 }, /belongs to a standard/],
  ])('%s', (_, values, message) => {
    const { refused, undeclared } = sort(values);

    expect(refused).toEqual([expect.stringMatching(message)]);
    expect(undeclared).toEqual({});
  });

  it.each('.$~!@#%^&*\'{}|\\"'.split(''))('with %s in its name', (character) => {
    expect(sort({ [`a${character}b`]: 1 }).refused).toHaveLength(1);
  });

  it('when it belongs to the other model', () => {
    const known = registry({ plan: { model: 'company' } });

    expect(sort({ plan: 'pro' }, known).refused).toEqual([expect.stringContaining('model company')]);
    expect(sort({ plan: 'pro' }, registry({ plan: { model: 'company' } }, 'ignore')).refused).toEqual([]);
  });
});

describe('a declared attribute', () => {
  it.each<[AttributeType, unknown, unknown]>([
    ['string', '', ''],
    ['string', chars(255), chars(255)],
    ['options', 'none of the list', 'none of the list'],
    ['integer', -3, -3],
    ['float', 3, 3],
    ['float', 3.5, 3.5],
    ['boolean', false, false],
    ['date', 1_700_000_000, 1_700_000_000],
    ['date', 1_700_000_000.9, 1_700_000_000],
    ['date', '31/12/2026', Date.UTC(2026, 11, 31) / 1000],
    ['date', '2026-12-31', Date.UTC(2026, 11, 31) / 1000],
    ['datetime', '2026-12-31T12:00:00+02:00', Date.UTC(2026, 11, 31, 10) / 1000],
    ['datetime', '2026-12-31T12:00:00.5Z', Date.UTC(2026, 11, 31, 12) / 1000],
  ])('of type %s takes %j', (dataType, value, kept) => {
    expect(sort({ a: value }, registry({ a: { dataType } })).taken).toEqual({ a: kept });
  });

  it.each<[AttributeType, unknown, RegExp]>([
    ['string', 5, /a string/],
    ['string', chars(256), /at most 255/],
    ['options', true, /a string/],
    ['integer', 3.5, /an integer/],
    ['integer', '3', /an integer/],
    ['float', '3.5', /float/],
    ['boolean', 'true', /boolean/],
    ['date', 'tomorrow', /a date/],
    ['date', '31/02/2026', /a date/],
    ['date', '12/31/2026', /a date/],
    ['date', '2026-12-31T12:00:00', /a date/],
    ['date', 1_700_000_000_000, /not milliseconds/],
  ])('of type %s refuses %j by the type that it expects', (dataType, value, expected) => {
    const { refused, taken } = sort({ a: value, b: 'fine' }, registry({ a: { dataType }, b: {} }));

    expect(refused).toEqual([expect.stringMatching(expected)]);
    expect(taken).toEqual({ b: 'fine' });
  });

  it('of any type is cleared by null', () => {
    expect(sort({ a: null }, registry({ a: { dataType: 'date' } })).taken).toEqual({ a: null });
  });

  it('stays writable when its name became a standard one since', () => {
    expect(sort({ browser: 'x' }, registry({ browser: {} })).taken).toEqual({ browser: 'x' });
    expect(sort({ browser: 'x' }).refused).toHaveLength(1);
  });

  it('that is archived is left out, and refused where unknown ones are', () => {
    const archived = { a: { archived: true } };

    expect(sort({ a: 'x' }, registry(archived))).toMatchObject({
      taken: {},
      refused: [],
      ignored: [expect.stringContaining('archived')],
    });
    expect(sort({ a: 'x' }, registry(archived, 'reject')).refused).toHaveLength(1);
    expect(sort({ a: null }, registry(archived, 'reject')).taken).toEqual({ a: null });
  });
});
