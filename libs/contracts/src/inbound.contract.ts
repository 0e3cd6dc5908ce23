import { z } from 'zod';
import { bulk } from './bulk.contract.js';
import { MAX_NAME, text } from './values.js';

const app_id = text(MAX_NAME, 1);

/** A job of the queue `inbound`: one item of the workspace `app_id`. */
export const inboundJob = z.looseObject({ app_id }, 'expected an object');

/** The same with a list, of which each item is accepted or refused by itself. */
export const inboundList = z.strictObject({ app_id, items: bulk('items') });

/** One item. Its other fields are those of the body of a route: `/events`, `/activities` or `/contacts/upsert`. */
export const inboundItem = z.looseObject(
  { type: z.enum(['event', 'activity', 'contact'], 'expected "event", "activity" or "contact"') },
  'expected an object',
);
