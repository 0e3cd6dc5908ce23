import { z } from 'zod';
import { errorEntry } from './error.contract.js';

/** Items in one request, or in one job. */
export const MAX_BULK = 100;

/** A list of which each item is read, and accepted or refused, by itself. @param things what the items are */
export function bulk(things: string) {
  const message = `expected a list of 1 to ${MAX_BULK} ${things}`;
  return z.array(z.unknown(), message).min(1, message).max(MAX_BULK, message);
}

/** What became of each item, in the order of the request. */
export const bulkReport = z.object({
  type: z.literal('bulk_report'),
  accepted: z.int(),
  refused: z.int(),
  items: z.array(z.object({ accepted: z.boolean(), errors: z.array(errorEntry) })),
});

export type BulkReport = z.output<typeof bulkReport>;
