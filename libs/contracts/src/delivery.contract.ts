import { z } from 'zod';
import { topics } from '#domain';
import { id, pageQuery, pages, secondsOrNull } from './values.js';

const state = z.enum(['pending', 'delivered', 'dead'], 'expected "pending", "delivered" or "dead"');

/** `GET /deliveries`, newest first. */
export const listDeliveries = pageQuery.extend({
  endpoint_id: id.optional(),
  state: state.optional(),
  topic: z.enum(topics, `expected one of ${topics.join(', ')}`).optional(),
});

export const deliveryAnswer = z.object({
  type: z.literal('delivery'),
  id: z.string(),
  endpoint_id: z.string(),
  notification_id: z.string(),
  topic: z.string(),
  state,
  /** An attempt is being made right now. */
  in_flight: z.boolean(),
  attempt_count: z.int(),
  /** When the next attempt is due, while one is. */
  next_at: secondsOrNull,
  created_at: secondsOrNull,
  finished_at: secondsOrNull,
});

export const attemptAnswer = z.object({
  type: z.literal('attempt'),
  number: z.int(),
  started_at: secondsOrNull,
  duration_ms: z.int(),
  /** Null when nothing was answered: then `error` says why. */
  status_code: z.int().nullable(),
  error: z.string().nullable(),
  /** The beginning of what was answered. */
  response: z.string().nullable(),
});

export const deliveryList = z.object({ type: z.literal('list'), data: z.array(deliveryAnswer), pages });

/** `GET /deliveries/{id}` */
export const deliveryWithAttempts = deliveryAnswer.extend({ attempts: z.array(attemptAnswer) });

export type ListDeliveriesQuery = z.output<typeof listDeliveries>;
export type DeliveryAnswer = z.output<typeof deliveryAnswer>;
export type AttemptAnswer = z.output<typeof attemptAnswer>;
