import { describe, expect, it } from '@jest/globals';
import type { z } from 'zod';
import {
  createActivity,
  createNote,
  createOrUpdateCompany,
  createSegment,
  listCompanies,
  listContactCompanies,
  listContacts,
  listEvents,
  listNotes,
  parse,
  retrieveCompanies,
  searchCompanies,
  searchContacts,
  updateContact,
  writeTag,
} from './index.js';
import { refusalOf } from '../../../test/support/refusal.js';

const people = (count: number) => Array.from({ length: count }, (_, i) => ({ id: `${i}` }));
const chars = (count: number) => 'x'.repeat(count);
const company = (body: object) => ({ company_id: 'acme', ...body });
const activity = (body: object) => ({ user_id: 'u1', ...body });
const names = (count: number) => Array.from({ length: count }, (_, i) => `${i + 1}`);
const query = { field: 'name', operator: '=', value: 'x' };

/** The pages that Intercom has (references 4, 5.1 and 9): how much they hold, and by default. */
describe('a page', () => {
  it.each<[string, z.ZodType, number, (page: object) => object]>([
    ['contacts', listContacts, 50, (page) => page],
    ['companies of a contact', listContactCompanies, 50, (page) => page],
    ['companies', listCompanies, 15, (page) => page],
    ['companies with a tag', retrieveCompanies, 15, (page) => page],
    ['notes', listNotes, 15, (page) => page],
    ['events', listEvents, 15, (page) => ({ user_id: 'u1', ...page })],
    ['found contacts', searchContacts, 50, (pagination) => ({ query, pagination })],
    ['found companies', searchCompanies, 15, (pagination) => ({ query, pagination })],
  ])('of %s holds 1 to 150', (_, schema, usual, request) => {
    expect(perPageOf(parse(schema, request({})))).toBe(usual);
    expect(perPageOf(parse(schema, request({ per_page: 150 })))).toBe(150);
    for (const per_page of [0, 151])
      expect(refusalOf(schema, request({ per_page }))[0]?.field).toMatch(/per_page$/);
  });

  it('of companies is reached by its number as far as 10,000 companies', () => {
    for (const schema of [listCompanies, retrieveCompanies]) {
      expect(parse(schema, { per_page: 100, page: 100 })).toMatchObject({ page: 100 });
      expect(refusalOf(schema, { per_page: 100, page: 101 })).toMatchObject([{ field: 'page' }]);
    }
  });
});

const perPageOf = (request: unknown): unknown => {
  const { pagination = request } = request as { pagination?: unknown };
  return (pagination as { per_page: unknown }).per_page;
};

describe('a limit', () => {
  it.each<[string, z.ZodType, (value: unknown) => object, [at: unknown, over: unknown]]>([
    ['text of a contact', updateContact, (name) => ({ name }), [chars(255), chars(256)]],
    ['external_id', updateContact, (external_id) => ({ external_id }), [chars(255), chars(256)]],
    ['email', updateContact, (email) => ({ email }), [`a@${chars(252)}`, `a@${chars(253)}`]],
    [
      'avatar',
      updateContact,
      (avatar) => ({ avatar }),
      [`https://${chars(2_040)}`, `https://${chars(2_041)}`],
    ],
    ['text of a company', createOrUpdateCompany, (plan) => company({ plan }), [chars(255), chars(256)]],
    ['company_id', createOrUpdateCompany, (company_id) => ({ company_id }), [chars(255), chars(256)]],
    ['website', createOrUpdateCompany, (website) => company({ website }), [chars(2_048), chars(2_049)]],
    ['spend', createOrUpdateCompany, (monthly_spend) => company({ monthly_spend }), [2 ** 31 - 1, 2 ** 31]],
    ['size', createOrUpdateCompany, (size) => company({ size }), [2 ** 31 - 1, 2 ** 31]],
    ['name of a segment', createSegment, (name) => ({ name, filter: query }), [chars(255), chars(256)]],
    ['things to be tagged', writeTag, (users) => ({ name: 'x', users }), [people(100), people(101)]],
    ['user agent', createActivity, (user_agent) => activity({ user_agent }), [chars(2_048), chars(2_049)]],
    [
      'companies of an activity',
      createActivity,
      (companies) => activity({ companies }),
      [names(100), names(101)],
    ],
    ['body of a note', createNote, (body) => ({ body }), [chars(50_000), chars(50_001)]],
  ])('of %s is what is taken, and one more is not', (_, schema, request, [at, over]) => {
    expect(() => parse(schema, request(at))).not.toThrow();
    expect(refusalOf(schema, request(over))).toMatchObject([{ code: 'parameter_invalid' }]);
  });
});
