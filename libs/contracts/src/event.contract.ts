import { z } from 'zod';
import { MAX_ATTRIBUTE_STRING, MAX_EVENT_NAME, normalizeEventName } from '#domain';
import { bulk } from './bulk.contract.js';
import { namesContact, reference } from './contact-reference.js';
import { MAX_NAME, MAX_URL, seconds, shortText, text } from './values.js';

/** Names in the metadata of an event, and characters of one (reference 3, where Intercom has 10 or 20). */
export const MAX_METADATA = 20;
export const MAX_METADATA_NAME = 190;

const NAME = `expected a string of 1 to ${MAX_EVENT_NAME} characters`;
const METADATA_NAME = `expected 1 to ${MAX_METADATA_NAME} characters`;

/** The name of an event, as it is kept. */
export const eventName = z.string(NAME).overwrite(normalizeEventName).min(1, NAME).max(MAX_EVENT_NAME, NAME);

const metadataName = z
  .string()
  .min(1, METADATA_NAME)
  .max(MAX_METADATA_NAME, METADATA_NAME)
  .regex(/^[^.$]*$/, 'expected none of . $');

const richLink = z.strictObject({
  url: text(MAX_URL).regex(/^https?:\/\//, 'expected an http or https URL'),
  value: shortText,
});
const monetaryAmount = z.strictObject({ amount: z.int(), currency: z.string().regex(/^[a-zA-Z]{3}$/) });

const metadataValue = z.union([shortText, z.number(), z.boolean(), richLink, monetaryAmount], {
  error:
    `expected a string of at most ${MAX_ATTRIBUTE_STRING} characters, a finite number, true, false, ` +
    'a link { url, value } or an amount { amount, currency }',
});

const metadata = z
  .record(metadataName, metadataValue, 'expected an object of names and values')
  .refine((data) => Object.keys(data).length <= MAX_METADATA, `expected at most ${MAX_METADATA} names`)
  .refine(differ, 'expected names that differ in more than upper and lower case');

export const dedupeKey = text(MAX_NAME, 1);

/** The header that says the same as `dedupe_key`. */
export const idempotencyHeader = z.object({ 'idempotency-key': dedupeKey });

/** `POST /events`. With a `dedupe_key` it is the one event of its contact and name that has it, without one of its second. */
export const createEvent = z
  .strictObject(
    {
      ...reference,
      event_name: eventName,
      created_at: seconds,
      metadata: metadata.nullish(),
      dedupe_key: dedupeKey.optional(),
    },
    'expected an object',
  )
  .superRefine(namesContact);

/** `POST /events/bulk`: each item is accepted or refused by itself. */
export const createEvents = z.strictObject({ events: bulk('events') }, 'expected an object');

function differ(data: object): boolean {
  const names = Object.keys(data);
  return new Set(names.map((name) => name.toLowerCase())).size === names.length;
}

export type EventBody = z.output<typeof createEvent>;
export type EventsBody = z.output<typeof createEvents>;
