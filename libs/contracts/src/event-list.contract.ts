import { z } from 'zod';
import { email, externalId, id, MAX_NAME, perPage, SHORT_PER_PAGE, text } from './values.js';

/** Intercom's own. */

const IDENTIFIERS = 'intercom_user_id, user_id or email';

const milliseconds = z.coerce
  .number('expected unix milliseconds')
  .min(0, 'expected unix milliseconds, not before 1970')
  .max(8.64e15, 'expected unix milliseconds');

/**
 * `GET /events`. Events of one instant are told apart by `before_id` and `since_id`, which the URLs of `pages` have in
 * them: `before` and `since` alone leave out all of their millisecond.
 */
export const listEvents = z
  .strictObject({
    type: z.literal('user', 'expected "user"').default('user'),
    intercom_user_id: text(MAX_NAME, 1).optional(),
    user_id: externalId.optional(),
    email: email.optional(),
    summary: z
      .enum(['true', 'false'], 'expected true or false')
      .transform((value) => value === 'true')
      .default(false),
    per_page: perPage(SHORT_PER_PAGE),
    before: milliseconds.optional(),
    before_id: id.optional(),
    since: milliseconds.optional(),
    since_id: id.optional(),
  })
  .superRefine((query, context) => {
    const refuse = (field: string, message: string) =>
      context.addIssue({ code: 'custom', path: [field], message });
    if (query.intercom_user_id === undefined && query.user_id === undefined && query.email === undefined)
      refuse('user_id', `expected one of ${IDENTIFIERS}`);
    for (const bound of ['before', 'since'] as const) {
      if (query.summary && query[bound] !== undefined) refuse(bound, 'a summary has no pages');
      if (query[`${bound}_id`] !== undefined && query[bound] === undefined)
        refuse(bound, `expected with ${bound}_id`);
    }
  });

export const eventAnswer = z.object({
  type: z.literal('event'),
  id: z.string(),
  event_name: z.string(),
  created_at: z.number(),
  user_id: z.string().nullable(),
  intercom_user_id: z.string(),
  email: z.string().nullable(),
  metadata: z.looseObject({}),
});

/** Newest first. `next` is the URL of older events, null at the end; `since` that of what is newer than this page. */
export const eventList = z.object({
  type: z.literal('event.list'),
  events: z.array(eventAnswer),
  pages: z.object({ next: z.string().nullable(), since: z.string() }),
});

/** With `summary=true`: every name that the contact has events of. Times are ISO 8601. */
export const eventSummary = z.object({
  type: z.literal('event.summary'),
  email: z.string().nullable(),
  intercom_user_id: z.string(),
  user_id: z.string().nullable(),
  events: z.array(
    z.object({
      name: z.string(),
      first: z.string(),
      last: z.string(),
      count: z.int(),
      description: z.string(),
    }),
  ),
});

export type ListEventsQuery = z.output<typeof listEvents>;
export type EventList = z.output<typeof eventList>;
export type EventSummaryAnswer = z.output<typeof eventSummary>;
