import { describe, expect, it } from '@jest/globals';
import { STANDARD_ATTRIBUTES } from '../attribute/standard-attributes.js';
import { parseSearch } from './parse-search.js';
import { MAX_GROUP_FILTERS } from './small-groups.js';
import { DEFAULT_SORT, parseSort } from './sort.js';

const OPERATORS = ['=', '!=', 'IN', 'NIN', '<', '>', '<=', '>=', '~', '!~', '^', '$'];
const VALUES = { string: 'a', number: 1, boolean: true, date: 1_700_000_000 };

function operatorsOf(field: string, value: string | number | boolean, version: string): string {
  const taken = (operator: string) => {
    const wanted = operator.endsWith('IN') ? [value] : value;
    try {
      return parseSearch({ field, operator, value: wanted }, version);
    } catch {
      return false;
    }
  };
  return OPERATORS.filter(taken).join(' ');
}

/** Reference: the operators of Intercom's search, by type and version. */
describe('The operators of a search', () => {
  it.each([
    ['string', '2.14', '= != IN NIN ~ !~ ^ $'],
    ['boolean', '2.14', '= != IN NIN'],
    ['number', '2.14', '= != IN NIN < > <= >='],
    ['date', '2.16', '= < >'],
    ['date', '2.17', '= != < > <= >='],
  ] as const)('on every standard attribute that is a %s, in %s: %s', (type, version, operators) => {
    const fields = Object.keys(STANDARD_ATTRIBUTES).filter(
      (name) => STANDARD_ATTRIBUTES[name]?.filterable && STANDARD_ATTRIBUTES[name].type === type,
    );
    expect(fields).not.toEqual([]);
    for (const field of fields)
      expect([field, operatorsOf(field, VALUES[type], version)]).toEqual([field, operators]);
  });

  it.each([
    ['custom_attributes.renews_at', 1, '2.16', '= < >'],
    ['custom_attributes.renews_at', 1, 'Preview', '= < >'],
    ['tag_id', '17', '2.14', '= !='],
    ['segment_id', '0', '2.14', '= != IN NIN'],
  ] as const)('on %s', (field, value, version, operators) => {
    expect(operatorsOf(field, value, version)).toBe(operators);
  });

  it('include our own relative dates, in every version', () => {
    const predicate = { field: 'last_seen_at', operator: 'more_than_ago', value: 30, unit: 'days' };
    for (const version of ['1.4', '2.14', '2.17']) expect(parseSearch(predicate, version)).toEqual(predicate);
  });
});

describe('A search', () => {
  it.each(['segment', 'constructor', '__proto__', 'custom_attributes.', ''])(
    'asks no field "%s"',
    (field) => {
      expect(() => parseSearch({ field, operator: '=', value: 1 }, '2.14')).toThrow(/unknown field/);
    },
  );

  it('takes the spelling of the documentation for what it means', () => {
    const of = (field: string) => {
      try {
        return parseSearch({ field, operator: '=', value: '1' }, '2.14');
      } catch {
        return 'unknown';
      }
    };
    expect(of('andoid_sdk_version')).toEqual(of('android_sdk_version'));
  });

  const group = (count: number, node: object = { field: 'name', operator: '=', value: 'a' }) => ({
    operator: 'OR',
    value: Array.from({ length: count }, () => node),
  });

  it('has at most 15 filters in a group', () => {
    const filled = group(MAX_GROUP_FILTERS);
    expect(MAX_GROUP_FILTERS).toBe(15);
    expect(parseSearch(filled, '2.14')).toEqual(filled);
    expect(() => parseSearch(group(16), '2.14')).toThrow(
      expect.objectContaining({ code: 'parameter_invalid', field: 'query.value' }),
    );
  });

  it('has as many in each group of a group, which counts as one filter', () => {
    const groups = group(13, group(MAX_GROUP_FILTERS));
    expect(parseSearch(groups, '2.14')).toEqual(groups);
    expect(() => parseSearch(group(2, group(16)), '2.14')).toThrow(
      expect.objectContaining({ field: 'query.value.0.value' }),
    );
  });

  it('is sorted by any attribute, newest first by default', () => {
    expect(parseSort({})).toEqual(DEFAULT_SORT);
    expect(parseSort({ field: 'custom_attributes.plan', order: 'ascending' })).toEqual({
      field: 'custom_attributes.plan',
      order: 'ascending',
    });
    expect(() => parseSort({ field: 'segment_id' })).toThrow(/unknown field/);
    expect(() => parseSort({ order: 'asc' })).toThrow(/"ascending" or "descending"/);
  });
});
