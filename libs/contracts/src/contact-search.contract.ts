import { z } from 'zod';
import { parseSort } from '#domain';
import { contactAnswer } from './contact.contract.js';
import { byDomain, pageQuery, pages, text } from './values.js';

const MAX_CURSOR = 4_096;

const page = z.coerce
  .number('expected a whole number from 1')
  .int('expected a whole number from 1')
  .min(1, 'expected a whole number from 1');

/**
 * `GET /contacts`: only the cursor leads to a later page. `page` may be sent along with it, as the official SDK and
 * `pages.next` have it.
 */
export const listContacts = z
  .strictObject({
    page: page.optional(),
    per_page: pageQuery.shape.per_page,
    starting_after: text(MAX_CURSOR, 1).optional(),
  })
  .refine((query) => query.starting_after !== undefined || (query.page ?? 1) === 1, {
    path: ['page'],
    message: 'later pages are reached by starting_after, the cursor that the page before gave',
  });

/** `POST /contacts/search`. What `query` may ask depends on the version, so it is parsed by `parseSearch`. */
export const searchContacts = z.strictObject(
  {
    query: z.looseObject({}, 'expected a filter: a group, or a node with "field" or "event"'),
    pagination: listContacts.prefault({}),
    sort: z
      .strictObject({ field: z.string('expected a field').optional(), order: z.unknown().optional() })
      .prefault({})
      .transform(byDomain(parseSort)),
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
  pages: pages.extend({
    page: z.int(),
    total_pages: z.int(),
    next: z.object({ page: z.int(), starting_after: z.string() }).nullable(),
  }),
});

export type ListContactsQuery = z.output<typeof listContacts>;
export type SearchContactsBody = z.output<typeof searchContacts>;
