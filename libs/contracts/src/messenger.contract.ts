import { z } from 'zod';
import { errorEntry } from './error.contract.js';
import { createEvent } from './event.contract.js';
import { email, externalId, MAX_NAME, MAX_URL, roughSeconds, shortText, text } from './values.js';

/** Signals in one request: as many as the snippet keeps while it cannot send. */
export const MAX_SIGNALS = 50;

/** Names that one signal says something under: what a workspace may have, and the standard ones. */
export const MAX_DATA = 300;

const SIGNALS = `expected a list of 1 to ${MAX_SIGNALS} signals`;

const { event_name: name, metadata } = createEvent.shape;

/** What a page, or a token that signs for a user, says who it is. Null is nobody; some ids are numbers to those who write them. */
export const givenNames = {
  user_id: z.union([externalId, z.number().transform(String)], 'expected a string').nullish(),
  email: email.nullish(),
};

/** `POST /messenger/{app_id}/signals`: each signal is accepted or refused by itself. `sent_at` is by the sender's clock. */
export const sendSignals = z.strictObject(
  {
    sent_at: roughSeconds.optional(),
    signals: z.array(z.unknown(), SIGNALS).min(1, SIGNALS).max(MAX_SIGNALS, SIGNALS),
  },
  'expected an object',
);

/**
 * What a page tells of its visitor: a sign of life, or with `event` something that was done. `data` is as the page gives
 * it to the snippet, so that nothing in it is refused here. A `visitor_id` is random, so that nobody guesses another's.
 */
export const signal = z.strictObject(
  {
    id: text(MAX_NAME, 1),
    at: roughSeconds,
    visitor_id: z.uuid('expected a UUID'),
    data: z
      .record(z.string(), z.unknown(), 'expected an object')
      .refine((data) => Object.keys(data).length <= MAX_DATA, `expected at most ${MAX_DATA} names`)
      .default({}),
    page: z
      .strictObject({ url: text(MAX_URL), referrer: text(MAX_URL).default('') }, 'expected url and referrer')
      .optional(),
    language: shortText.optional(),
    timezone: shortText.optional(),
    event: z.strictObject({ name, metadata }, 'expected name and metadata').optional(),
  },
  'expected an object',
);

/** What became of each signal, in the order of the request: `warnings` tell what was left out of it. */
export const signalReport = z.object({
  type: z.literal('signal_report'),
  accepted: z.int(),
  refused: z.int(),
  items: z.array(
    z.object({ accepted: z.boolean(), errors: z.array(errorEntry), warnings: z.array(errorEntry) }),
  ),
});

export type SendSignalsBody = z.output<typeof sendSignals>;
export type SignalBody = z.output<typeof signal>;
export type SignalReport = z.output<typeof signalReport>;
