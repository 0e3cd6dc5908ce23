import { z } from 'zod';
import { parseCompanyFilter, parseCompanySort, withSmallGroups } from '#domain';
import { companyAnswer } from './company.contract.js';
import { cursorPageQuery, cursorPages, sort } from './cursor-page.js';
import { byDomain, SHORT_PER_PAGE } from './values.js';

/** `POST /companies/search` (reference 5.1): newest first unless `sort` says otherwise. */
export const searchCompanies = z.strictObject(
  {
    query: z
      .looseObject({}, 'expected a filter: a group, or a node with "field"')
      .transform(byDomain((query) => withSmallGroups(parseCompanyFilter(query), 'query'))),
    pagination: cursorPageQuery(SHORT_PER_PAGE).prefault({}),
    sort: sort.transform(byDomain(parseCompanySort)),
  },
  'expected an object',
);

/** A page of companies that were found. */
export const foundCompanies = z.object({
  type: z.literal('list'),
  data: z.array(companyAnswer),
  total_count: z.int(),
  pages: cursorPages,
});

export type SearchCompaniesBody = z.output<typeof searchCompanies>;
