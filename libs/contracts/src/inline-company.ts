import { z } from 'zod';
import { createOrUpdateCompany } from './company.contract.js';
import { externalId, seconds } from './values.js';

/** How many companies may come with a contact. */
export const MAX_INLINE_COMPANIES = 100;

const COMPANIES = `expected a list of at most ${MAX_INLINE_COMPANIES} companies`;

/** All that a company may be written with, and `remove`, which only takes the contact out of it. */
const inlineCompany = createOrUpdateCompany.extend({
  created_at: seconds.nullish(),
  remove: z.boolean('expected true or false').optional(),
});

/** Companies that come with a contact. */
export const inlineCompanies = z.array(inlineCompany, COMPANIES).max(MAX_INLINE_COMPANIES, COMPANIES);

const nameOnly = externalId.transform((company_id): InlineCompanyBody => ({ company_id }));

/** The same, where a company that is only named may be its `company_id` alone. */
export const namedCompanies = z
  .array(
    z.union([nameOnly, inlineCompany], 'expected a company_id, or a company as POST /companies takes it'),
    COMPANIES,
  )
  .max(MAX_INLINE_COMPANIES, COMPANIES);

export type InlineCompanyBody = z.output<typeof inlineCompany>;
