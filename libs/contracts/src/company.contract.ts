import { z } from 'zod';
import { MAX_MONTHLY_SPEND } from '#domain';
import { customAttributes } from './attribute.contract.js';
import { errorEntry } from './error.contract.js';
import { segmentAnswer } from './segment.contract.js';
import {
  externalId,
  id,
  MAX_NAME,
  MAX_URL,
  numberedPageQuery,
  numberedPages,
  seconds,
  secondsOrNull,
  SHORT_PER_PAGE,
  shortText,
  text,
} from './values.js';

/** How far into a list of companies page numbers reach (reference 4); a scroll goes to the end. */
const MAX_LISTED = 10_000;

const MAX_TAG_ID = 2_147_483_647;

const SIZE = `expected a whole number from 0 to ${MAX_MONTHLY_SPEND}`;
const SPEND = `expected a number from 0 to ${MAX_MONTHLY_SPEND}`;

/** A write may leave anything out, which keeps it; null clears it. Decimals of `monthly_spend` are cut off. */
const attributes = {
  name: shortText.nullish(),
  plan: shortText.nullish(),
  monthly_spend: z.number(SPEND).min(0, SPEND).max(MAX_MONTHLY_SPEND, SPEND).overwrite(Math.trunc).nullish(),
  size: z.int(SIZE).min(0, SIZE).max(MAX_MONTHLY_SPEND, SIZE).nullish(),
  industry: shortText.nullish(),
  website: text(MAX_URL).nullish(),
  remote_created_at: seconds.nullish(),
  update_last_request_at: z.boolean('expected true or false').optional(),
  custom_attributes: customAttributes.nullish(),
};

/** `PUT /companies/{id}` */
export const updateCompany = z.strictObject(
  { ...attributes, company_id: z.never('is given when the company is made, and stays').optional() },
  'expected an object',
);

/** `POST /companies`: makes the company of that `company_id`, or changes it. */
export const createOrUpdateCompany = z.strictObject(
  { ...attributes, company_id: externalId },
  'expected an object',
);

/** `POST /contacts/{id}/companies`; the id is looked at where Intercom's own words for it are. */
export const attachCompany = z.strictObject({ id: text(MAX_NAME).optional() }, 'expected an object');

const page = numberedPageQuery(SHORT_PER_PAGE).shape;

/** Refuses a page that page numbers do not reach. */
function reachable({ page, per_page }: { page: number; per_page: number }, context: z.RefinementCtx): void {
  if (page * per_page <= MAX_LISTED) return;
  const message = `page limit reached, please use scroll API: page numbers reach ${MAX_LISTED} companies`;
  context.addIssue({ code: 'custom', path: ['page'], message });
}

/** `POST /companies/list`: by when companies were last seen. */
export const listCompanies = z
  .strictObject({ ...page, order: z.enum(['asc', 'desc'], 'expected asc or desc').default('desc') })
  .superRefine(reachable);

/** `GET /companies`: one company by `company_id` or `name`, or a list of those with a tag, in a segment, or all. */
export const retrieveCompanies = z
  .strictObject({
    company_id: externalId.optional(),
    name: text(MAX_NAME, 1).optional(),
    tag_id: z.coerce
      .number('expected the id of a tag')
      .int('expected the id of a tag')
      .min(1, 'expected the id of a tag')
      .max(MAX_TAG_ID, 'expected the id of a tag')
      .optional(),
    segment_id: id.optional(),
    ...page,
  })
  .superRefine((query, context) => {
    const [, second] = SELECTORS.filter((name) => query[name] !== undefined);
    if (second)
      context.addIssue({
        code: 'custom',
        path: [second],
        message: `expected one of ${SELECTORS.join(', ')}`,
      });
  })
  .superRefine(reachable);

const SELECTORS = ['company_id', 'name', 'tag_id', 'segment_id'] as const;

/** `GET /contacts/{id}/companies` */
export const listContactCompanies = numberedPageQuery(50);

/** What Muster answers with: `companyObject` of `#domain`. */
export const companyAnswer = z.object({
  type: z.literal('company'),
  id: z.string(),
  app_id: z.string(),
  company_id: z.string(),
  name: z.string().nullable(),
  plan: z.union([
    z.strictObject({ type: z.literal('plan'), id: z.string(), name: z.string() }),
    z.strictObject({}),
  ]),
  monthly_spend: z.int(),
  size: z.int().nullable(),
  industry: z.string().nullable(),
  website: z.string().nullable(),
  remote_created_at: secondsOrNull,
  created_at: secondsOrNull,
  updated_at: secondsOrNull,
  last_request_at: secondsOrNull,
  session_count: z.int(),
  user_count: z.int(),
  custom_attributes: z.record(z.string(), z.union([z.string(), z.number(), z.boolean()])),
  tags: z.object({
    type: z.literal('tag.list'),
    tags: z.array(z.object({ type: z.literal('tag'), id: z.string(), name: z.string() })),
  }),
  segments: z.object({ type: z.literal('segment.list'), segments: z.array(segmentAnswer) }),
  notes: z.object({ type: z.literal('note.list'), notes: z.array(z.unknown()) }),
  warnings: z.array(errorEntry).optional(),
});

const list = { type: z.literal('list'), data: z.array(companyAnswer), total_count: z.int() };

/** A page of companies, by page number. */
export const companyList = z.object({ ...list, pages: numberedPages });

/** The answer to `GET /companies`. */
export const companyOrList = z.union([companyAnswer, companyList]);

/** The same, also under the key that the SDK reads. */
export const contactCompanies = companyList.extend({ companies: z.array(companyAnswer) });

/** A step of a scroll; `scroll_param` is null once it has come to its end. */
export const companyScroll = z.object({
  type: z.literal('list'),
  data: list.data,
  pages: z.null(),
  total_count: z.null(),
  scroll_param: z.string().nullable(),
});

/** The segments that people of the company are in. */
export const companySegments = z.object({ type: z.literal('list'), data: z.array(segmentAnswer) });

/** The answer to `DELETE`. */
export const companyDeleted = z.object({
  id: z.string(),
  object: z.literal('company'),
  deleted: z.literal(true),
});

export type CompanyBody = Omit<z.output<typeof updateCompany>, 'company_id'>;
export type CreateOrUpdateCompanyBody = z.output<typeof createOrUpdateCompany>;
export type ListCompaniesQuery = z.output<typeof listCompanies>;
export type RetrieveCompaniesQuery = z.output<typeof retrieveCompanies>;
export type ListContactCompaniesQuery = z.output<typeof listContactCompanies>;
export type AttachCompanyBody = z.output<typeof attachCompany>;
