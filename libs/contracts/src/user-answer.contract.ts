import { z } from 'zod';
import { errorEntry } from './error.contract.js';
import { secondsOrNull } from './values.js';

const related = z.looseObject({ id: z.string(), name: z.string().nullable() });

/** What version 1 answers with: `userObject` of `#domain`. */
export const userAnswer = z.looseObject({
  type: z.literal('user'),
  id: z.string(),
  app_id: z.string(),
  user_id: z.string().nullable(),
  anonymous: z.literal(false),
  email: z.string().nullable(),
  phone: z.string().nullable(),
  name: z.string().nullable(),
  last_request_at: secondsOrNull,
  signed_up_at: secondsOrNull,
  created_at: secondsOrNull,
  updated_at: secondsOrNull,
  session_count: z.int(),
  unsubscribed_from_emails: z.boolean(),
  companies: z.object({
    type: z.literal('company.list'),
    companies: z.array(related.extend({ company_id: z.string() })),
  }),
  tags: z.object({ type: z.literal('tag.list'), tags: z.array(related) }),
  segments: z.object({ type: z.literal('segment.list'), segments: z.array(related) }),
  custom_attributes: z.record(z.string(), z.union([z.string(), z.number(), z.boolean()])),
  /** What was left out of the write, where something was. */
  warnings: z.array(errorEntry).optional(),
});

/** A page of users; `total_count` is an estimate unless `total_count_exact` says otherwise. */
export const userList = z.object({
  type: z.literal('user.list'),
  users: z.array(userAnswer),
  total_count: z.int(),
  total_count_exact: z.boolean(),
  pages: z.object({
    type: z.literal('pages'),
    next: z.string().nullable(),
    page: z.int(),
    per_page: z.int(),
    total_pages: z.int(),
  }),
});

/** The answer to `GET /users`. */
export const userOrList = z.union([userAnswer, userList]);

/** A step of a scroll; `scroll_param` is null once it has come to its end. */
export const userScroll = z.object({
  type: z.literal('user.list'),
  users: z.array(userAnswer),
  scroll_param: z.string().nullable(),
});
