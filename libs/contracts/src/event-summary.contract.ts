import { z } from 'zod';
import { namesContact, reference } from './contact-reference.js';
import { eventName } from './event.contract.js';
import { seconds } from './values.js';

/** Summaries in one request. */
const MAX_SUMMARIES = 100;

/** More than anybody does, and far from what cannot be counted any more. */
const MAX_COUNT = 1_000_000_000;

const COUNT = `expected a whole number from 1 to ${MAX_COUNT}`;
const SUMMARIES = `expected 1 to ${MAX_SUMMARIES} summaries`;

const summary = z
  .strictObject(
    {
      event_name: eventName,
      count: z.int(COUNT).min(1, COUNT).max(MAX_COUNT, COUNT),
      first: seconds,
      last: seconds,
    },
    'expected event_name, count, first and last',
  )
  .refine(({ first, last }) => first <= last, { path: ['first'], message: 'expected not to be after last' });

const summaries = z.array(summary).min(1, SUMMARIES).max(MAX_SUMMARIES, SUMMARIES);

/** A union would only say that neither fits. */
const oneOrMany = z.unknown().transform((value, context) => {
  const result = Array.isArray(value) ? summaries.safeParse(value) : summary.safeParse(value);
  if (result.success) return [result.data].flat();
  context.issues.push(...(result.error.issues as z.core.$ZodRawIssue[]));
  return z.NEVER;
});

/** `POST /events/summaries`: history of one contact. Intercom takes one summary under that name; a list is ours. */
export const seedSummaries = z
  .strictObject({ ...reference, event_summaries: oneOrMany }, 'expected an object')
  .superRefine(namesContact);

export type SeedSummariesBody = z.output<typeof seedSummaries>;
