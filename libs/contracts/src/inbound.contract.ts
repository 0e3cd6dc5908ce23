import { z } from 'zod';
import { createActivity } from './activity.contract.js';
import { bulk } from './bulk.contract.js';
import { createEvent } from './event.contract.js';
import { upsertContact } from './contact-life.contract.js';
import { text, MAX_NAME } from './values.js';

const app_id = text(MAX_NAME, 1);

/** A job of the queue `inbound`: of the workspace `app_id`, one item or a list of them. */
export const inboundJob = z.looseObject({ app_id }, 'expected an object with app_id');

/** The same of a job that carries a list: each item is accepted or refused by itself. */
export const inboundList = z.strictObject({ app_id, items: bulk('items') });

/** By the type of an item, what its other fields are: those of a route's body. */
export const inboundItems = {
  event: createEvent,
  activity: createActivity,
  contact: upsertContact,
} as const;

/** What an item is. */
export const inboundItem = z.looseObject(
  { type: z.enum(['event', 'activity', 'contact'], 'expected "event", "activity" or "contact"') },
  'expected an object',
);

export type InboundType = keyof typeof inboundItems;
