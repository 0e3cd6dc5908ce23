import { describe, expect, it } from '@jest/globals';
import { DomainError } from '../domain-error.js';
import { type Filter } from './filter.js';
import { parseFilter } from './parse-filter.js';

const email = { field: 'email', operator: 'has_any_value' };
const nested = (depth: number): unknown =>
  depth === 0 ? email : { operator: 'AND', value: [nested(depth - 1)] };
const many = (count: number) => ({ operator: 'OR', value: Array.from({ length: count }, () => email) });

function refusal(input: unknown): DomainError {
  try {
    parseFilter(input);
  } catch (error) {
    if (error instanceof DomainError && error.code === 'parameter_invalid') return error;
    throw error;
  }
  throw new Error(`accepted: ${JSON.stringify(input)}`);
}

describe('parseFilter accepts', () => {
  it.each<[string, unknown]>([
    ['a group in a group', { operator: 'AND', value: [{ operator: 'NOT', value: [email] }, email] }],
    ['a custom attribute of any scalar', { field: 'custom_attributes.plan', operator: '=', value: true }],
    [
      'text operators on a custom attribute',
      { field: 'custom_attributes.plan', operator: '~', value: 'pro' },
    ],
    ['a list', { field: 'email', operator: 'NIN', value: ['a', 'b'] }],
    ['a relative date', { field: 'last_seen_at', operator: 'exactly_ago', value: 0, unit: 'months' }],
    [
      'a custom date',
      { field: 'custom_attributes.renews_at', operator: 'less_than_from_now', value: 2, unit: 'weeks' },
    ],
    ['an event count', { event: 'purchased', measure: 'count', operator: '>=', value: 5 }],
    ['an event date', { event: 'purchased', measure: 'last', operator: '>', value: 1_700_000_000 }],
    ['ten groups deep', nested(10)],
    ['two hundred predicates', many(200)],
    ['a string of 255 characters', { field: 'name', operator: '=', value: 'x'.repeat(255) }],
    ['a nested attribute', { field: 'location.country', operator: '=', value: 'Ireland' }],
    ['a name spelt right', { field: 'android_sdk_version', operator: '^', value: '9' }],
    ['a list of 100', { field: 'name', operator: 'IN', value: Array.from({ length: 100 }, () => 'x') }],
  ])('%s', (_, input) => {
    expect(parseFilter(input)).toEqual(input);
  });
});

describe('parseFilter brings into one form', () => {
  it.each<[string, unknown, Filter]>([
    [
      '= null as is_unknown',
      { field: 'email', operator: '=', value: null },
      { field: 'email', operator: 'is_unknown' },
    ],
    [
      '!= without value as has_any_value',
      { field: 'external_id', operator: '!=' },
      { field: 'external_id', operator: 'has_any_value' },
    ],
    [
      'a name as Intercom misspells it',
      { field: 'andoid_sdk_version', operator: '=', value: '9' },
      { field: 'android_sdk_version', operator: '=', value: '9' },
    ],
    [
      'a numeric string for a number',
      { field: 'web_sessions', operator: '>', value: '12.5' },
      { field: 'web_sessions', operator: '>', value: 12.5 },
    ],
    [
      'numeric strings for dates, in lists too',
      { field: 'created_at', operator: 'IN', value: ['1700000000', 1] },
      { field: 'created_at', operator: 'IN', value: [1_700_000_000, 1] },
    ],
    [
      'a numeric string compared with a custom attribute',
      { field: 'custom_attributes.seats', operator: '<=', value: '-3' },
      { field: 'custom_attributes.seats', operator: '<=', value: -3 },
    ],
    [
      'an event name as it is kept',
      { event: ' Invited.Friend ', measure: 'count', operator: '=', value: 0 },
      { event: 'invited-friend', measure: 'count', operator: '=', value: 0 },
    ],
  ])('%s', (_, input, filter) => {
    expect(parseFilter(input)).toEqual(filter);
    expect(parseFilter(filter)).toEqual(filter);
  });
});

describe('parseFilter refuses, naming the place and what was expected:', () => {
  const and = (...value: unknown[]) => ({ operator: 'AND', value });
  it.each<[string, unknown, string, RegExp]>([
    ['nothing', undefined, 'filter', /expected a filter/],
    ['a list', [], 'filter', /expected a filter/],
    ['an empty object', {}, 'filter.operator', /AND, OR or NOT/],
    ['an empty group', and(), 'filter.value', /at least one/],
    ['two under NOT', { operator: 'NOT', value: [email, email] }, 'filter.value', /exactly one/],
    ['an unknown key of a group', { ...and(email), name: 'x' }, 'filter.name', /unknown key "name"/],
    ['eleven groups deep', nested(11), `filter${'.value.0'.repeat(10)}`, /at most 10 deep/],
    ['201 predicates', many(201), 'filter', /at most 200/],
    ['an unknown field', and(email, { ...email, field: 'emial' }), 'filter.value.1.field', /"emial"/],
    ['a field that objects inherit', { ...email, field: 'constructor' }, 'filter.field', /"constructor"/],
    ['a custom attribute with no name', { ...email, field: 'custom_attributes.' }, 'filter.field', /unknown/],
    ['a field that is no string', { ...email, field: 5 }, 'filter.field', /field name/],
    ['segment_id', { field: 'segment_id', operator: '=', value: 'x' }, 'filter.field', /not supported yet/],
    [
      'within',
      { event: 'x', measure: 'count', operator: '=', value: 1, within: {} },
      'filter.within',
      /not supported yet/,
    ],
    [
      'where',
      { event: 'x', measure: 'count', operator: '=', value: 1, where: {} },
      'filter.where',
      /not supported yet/,
    ],
    [
      'an operator of another type',
      and(email, { field: 'email', operator: '<', value: 1 }),
      'filter.value.1.operator',
      /one of =, !=, IN, NIN, ~/,
    ],
    [
      'a relative date on a custom attribute that is no date',
      { field: 'custom_attributes.plan', operator: 'exactly_ago', value: 1, unit: 'days' },
      'filter.operator',
      /one of/,
    ],
    ['no operator', { field: 'email', value: 'a' }, 'filter.operator', /one of/],
    [
      'an unknown count',
      { event: 'x', measure: 'count', operator: '=', value: null },
      'filter.value',
      /a number/,
    ],
    ['no measure', { event: 'x', operator: '=', value: 1 }, 'filter.measure', /count/],
    [
      'a blank event name',
      { event: ' ', measure: 'count', operator: '=', value: 1 },
      'filter.event',
      /event name/,
    ],
    [
      'a number for a string',
      { field: 'email', operator: '=', value: 5 },
      'filter.value',
      /a string of at most 255/,
    ],
    [
      '256 characters',
      { field: 'name', operator: '~', value: 'x'.repeat(256) },
      'filter.value',
      /at most 255/,
    ],
    [
      'a string for a boolean',
      { field: 'unsubscribed_from_emails', operator: '=', value: 'yes' },
      'filter.value',
      /boolean/,
    ],
    [
      'a word for a number',
      { field: 'web_sessions', operator: '>', value: '12a' },
      'filter.value',
      /a number/,
    ],
    [
      'an infinite number',
      { field: 'web_sessions', operator: '>', value: Infinity },
      'filter.value',
      /a number/,
    ],
    [
      'milliseconds for a date',
      { field: 'created_at', operator: '>', value: 1_700_000_000_000 },
      'filter.value',
      /not milliseconds/,
    ],
    ['null for a comparison', { field: 'created_at', operator: '>', value: null }, 'filter.value', /a date/],
    ['an empty list', { field: 'name', operator: 'IN', value: [] }, 'filter.value', /1 to 100/],
    [
      '101 values',
      { field: 'name', operator: 'IN', value: Array.from({ length: 101 }, () => 'x') },
      'filter.value',
      /1 to 100/,
    ],
    [
      'a wrong value in a list',
      { field: 'name', operator: 'IN', value: ['a', 1] },
      'filter.value.1',
      /string/,
    ],
    [
      'an object as a value',
      { field: 'custom_attributes.plan', operator: '=', value: {} },
      'filter.value',
      /number or a boolean/,
    ],
    [
      'half a day',
      { field: 'created_at', operator: 'more_than_ago', value: 1.5, unit: 'days' },
      'filter.value',
      /whole number from 0/,
    ],
    [
      'a negative distance',
      { field: 'created_at', operator: 'more_than_ago', value: -1, unit: 'days' },
      'filter.value',
      /whole number from 0/,
    ],
    ['no unit', { field: 'created_at', operator: 'more_than_ago', value: 1 }, 'filter.unit', /minutes/],
    [
      'a unit where none belongs',
      { field: 'created_at', operator: '>', value: 1, unit: 'days' },
      'filter.unit',
      /unknown key "unit"/,
    ],
  ])('%s', (_, input, field, message) => {
    expect(refusal(input)).toMatchObject({ field, message: expect.stringMatching(message) });
  });

  it('names the path it was given', () => {
    expect(() => parseFilter({ operator: 'XOR' }, 'query')).toThrow(
      expect.objectContaining({ field: 'query.operator' }),
    );
  });
});
