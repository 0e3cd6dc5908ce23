import { z } from 'zod';
import { COMPANY_SORTS, type CompanySort, DomainError, parseCompanyFilter, withSmallGroups } from '#domain';
import { companyAnswer } from './company.contract.js';
import { byDomain, perPage, SHORT_PER_PAGE, text } from './values.js';

const ORDERS = ['ascending', 'descending'] as const;
type Order = (typeof ORDERS)[number];

const sortField = (field: string): CompanySort => {
  const known = COMPANY_SORTS.find((name) => name === field);
  if (known) return known;
  const message = `sort.field: companies are sorted by ${COMPANY_SORTS.join(', ')}`;
  throw new DomainError('invalid_field', message, 'sort.field');
};

const sortOrder = (order: string): Order => {
  const known = ORDERS.find((name) => name === order);
  if (known) return known;
  throw new DomainError('invalid_sort_order', 'sort.order: expected ascending or descending', 'sort.order');
};

const sort = z.strictObject({
  field: text(255).transform(byDomain(sortField)).default('created_at'),
  order: text(255).transform(byDomain(sortOrder)).default('descending'),
});

/** `POST /companies/search` (reference 5.1): newest first unless `sort` says otherwise. */
export const searchCompanies = z.strictObject(
  {
    query: z
      .looseObject({}, 'expected a filter: a group, or a node with "field"')
      .transform(byDomain((query) => withSmallGroups(parseCompanyFilter(query), 'query'))),
    pagination: z
      .strictObject({ per_page: perPage(SHORT_PER_PAGE), starting_after: text(2048).nullish() })
      .prefault({}),
    sort: sort.prefault({}),
  },
  'expected an object',
);

/** What was found; `pages.next` is null at the end. */
export const foundCompanies = z.object({
  type: z.literal('list'),
  data: z.array(companyAnswer),
  total_count: z.int(),
  pages: z.object({
    type: z.literal('pages'),
    page: z.int(),
    per_page: z.int(),
    total_pages: z.int(),
    next: z.object({ page: z.int(), starting_after: z.string() }).nullable(),
  }),
});

export type SearchCompaniesBody = z.output<typeof searchCompanies>;
