import { z } from 'zod';
import { parseSort } from '#domain';
import { contactAnswer } from './contact.contract.js';
import { cursorPageQuery, cursorPages, sort } from './cursor-page.js';
import { byDomain } from './values.js';

/** `GET /contacts`. */
export const listContacts = cursorPageQuery();

/** `POST /contacts/search`. What `query` may ask depends on the version, so it is parsed by `parseSearch`. */
export const searchContacts = z.strictObject(
  {
    query: z.looseObject({}, 'expected a filter: a group, or a node with "field" or "event"'),
    pagination: listContacts.prefault({}),
    sort: sort.transform(byDomain(parseSort)),
  },
  'expected an object',
);

/** The query string of a search: its cursor belongs into the body. */
export const noQuery = z.strictObject({});

/** A page of contacts that were listed or found. `total_count` is an estimate unless `total_count_exact` says otherwise. */
export const foundContacts = z.object({
  type: z.literal('list'),
  data: z.array(contactAnswer),
  total_count: z.int(),
  total_count_exact: z.boolean(),
  pages: cursorPages,
});

export type SearchContactsBody = z.output<typeof searchContacts>;
