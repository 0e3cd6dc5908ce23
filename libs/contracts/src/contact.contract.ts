import { z } from 'zod';
import { customAttributes } from './attribute.contract.js';
import { errorEntry } from './error.contract.js';
import { seen } from './seen.js';
import { email, externalId, MAX_URL, pages, seconds, secondsOrNull, shortText, text } from './values.js';

/** Version 2.16 answers with a string, so that one may come back. */
const ownerId = z.union(
  [
    z.int(),
    z
      .string()
      .regex(/^\d{1,15}$/)
      .transform(Number),
  ],
  'expected a whole number',
);

const avatarUrl = text(MAX_URL)
  .regex(/^https:\/\/[^\s]+$/, 'expected an https URL')
  .nullable();

/** A URL, or the object that the answer has. */
const avatar = z.union(
  [
    avatarUrl,
    z
      .strictObject({ type: z.literal('avatar').optional(), image_url: avatarUrl })
      .transform((it) => it.image_url),
  ],
  'expected an https URL, or { image_url }',
);

/** A write may leave any attribute out, which keeps it; null clears it. */
const attributes = {
  role: z.enum(['user', 'lead'], 'expected "user" or "lead"').optional(),
  external_id: externalId.nullish(),
  email: email.nullish(),
  /** Taken as Intercom takes it, and not kept: it has no place in the contact object. */
  email_verified: z.boolean('expected true or false').optional(),
  phone: shortText.nullish(),
  name: shortText.nullish(),
  avatar: avatar.nullish(),
  owner_id: ownerId.nullish(),
  signed_up_at: seconds.nullish(),
  last_seen_at: seconds.nullish(),
  ...seen,
  unsubscribed_from_emails: z.boolean('expected true or false').nullish(),
  language_override: shortText.nullish(),
  custom_attributes: customAttributes.nullish(),
};

/** `PUT /contacts/{id}` */
export const updateContact = z.strictObject(attributes, 'expected an object').superRefine((body, context) => {
  if (body.email_verified !== undefined && !isGiven(body.email))
    context.addIssue({ code: 'custom', path: ['email_verified'], message: 'expected together with email' });
});

/** `POST /contacts`: a user is known by something, a lead need not be. */
export const createContact = updateContact.superRefine((body, context) => {
  const named = isGiven(body.external_id) || isGiven(body.email);
  if (body.role === 'lead' && isGiven(body.external_id))
    context.addIssue({ code: 'custom', path: ['external_id'], message: 'a lead has none, only a user' });
  if (body.role !== 'lead' && !named)
    context.addIssue({
      code: 'custom',
      path: ['email'],
      message: 'expected email or external_id, or role "lead"',
    });
});

/** What Muster answers with, and what notifications carry: `contactObject` of `#domain`. */
export const contactAnswer = z.looseObject({
  type: z.literal('contact'),
  id: z.string(),
  workspace_id: z.string(),
  external_id: z.string().nullable(),
  role: z.string(),
  email: z.string().nullable(),
  email_domain: z.string().nullable(),
  phone: z.string().nullable(),
  name: z.string().nullable(),
  avatar: z.object({ type: z.literal('avatar'), image_url: z.string() }).nullable(),
  owner_id: z.number().nullable(),
  unsubscribed_from_emails: z.boolean(),
  language_override: z.string().nullable(),
  created_at: secondsOrNull,
  updated_at: secondsOrNull,
  signed_up_at: secondsOrNull,
  last_seen_at: secondsOrNull,
  web_sessions: z.int(),
  ios_sessions: z.int(),
  android_sessions: z.int(),
  custom_attributes: z.record(z.string(), z.union([z.string(), z.number(), z.boolean()])),
  /** What was left out of the write, where something was. */
  warnings: z.array(errorEntry).optional(),
});

/** A page of contacts. */
export const contactList = z.object({
  type: z.literal('list'),
  data: z.array(contactAnswer),
  total_count: z.int(),
  pages,
});

export type ContactBody = z.output<typeof updateContact>;
export type ContactAnswer = z.output<typeof contactAnswer>;

const isGiven = (value: string | null | undefined) => value !== undefined && value !== null;
