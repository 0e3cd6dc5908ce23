import { z } from 'zod';
import { createContact, updateContact } from './contact.contract.js';
import { partialQuery } from './attribute.contract.js';
import { flag, id, perPage, secondsOrNull } from './values.js';

/** `?unarchive=true`: an archived contact of those names comes back and is written. */
export const createQuery = partialQuery.extend({ unarchive: flag });

/** `GET /contacts/{id}` */
export const findQuery = z.strictObject({ include_merge_history: flag });

/** `POST /contacts/upsert`: users only, for a lead has no name of its own. */
export const upsertContact = createContact.superRefine((body: z.output<typeof updateContact>, context) => {
  if (body.role === 'lead')
    context.addIssue({ code: 'custom', path: ['role'], message: 'only users are upserted: create the lead' });
});

/** `POST /contacts/merge` */
export const mergeContacts = z.strictObject(
  { from: id, into: id, skip_duplicate_validation: z.boolean('expected true or false').default(false) },
  'expected an object',
);

/** `GET /contacts/{id}/merge_history`; `cursor` is the `next_cursor` of the page before. */
export const listMergeHistory = z.strictObject({
  per_page: perPage(),
  cursor: id.optional(),
  order: z.enum(['asc', 'desc'], 'expected "asc" or "desc"').default('desc'),
});

/** `POST /user_delete_requests`, of version 1. The request is done when it is answered: nothing is kept of it. */
export const deleteRequest = z.strictObject({ intercom_user_id: id }, 'expected an object');
export const deleteRequestAnswer = z.object({ id: z.string() });

const reference = { type: z.literal('contact'), id: z.string(), external_id: z.string().nullable() };

export const archivedAnswer = z.object({ ...reference, archived: z.boolean() });
export const blockedAnswer = z.object({ ...reference, blocked: z.literal(true) });
export const erasedAnswer = z.object({ ...reference, deleted: z.literal(true) });

export const mergeHistoryEntry = z.object({
  type: z.literal('merge_history'),
  source_contact_id: z.string(),
  source_external_id: z.string().nullable(),
  source_email: z.string().nullable(),
  merged_at: secondsOrNull,
});

export const mergeHistory = z.object({
  type: z.literal('list'),
  data: z.array(mergeHistoryEntry),
  next_cursor: z.string().nullable(),
  has_more: z.boolean(),
});

export type CreateQuery = z.output<typeof createQuery>;
export type FindQuery = z.output<typeof findQuery>;
export type MergeBody = z.output<typeof mergeContacts>;
export type MergeHistoryQuery = z.output<typeof listMergeHistory>;
export type MergeHistoryEntry = z.output<typeof mergeHistoryEntry>;
export type DeleteRequestBody = z.output<typeof deleteRequest>;
