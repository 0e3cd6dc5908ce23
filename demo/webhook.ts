import { z } from 'zod';

/** What the demo reads of a webhook. Times are unix seconds. */
export const webhookBody = z.object({
  type: z.string(),
  data: z.object({
    /** Counts the webhooks about one contact: 1, 2, 3, … */
    sequence: z.int().optional(),
    contact: z.object({ external_id: z.string().nullable() }).optional(),
    event: z.object({ event_name: z.string() }).optional(),
    segment: z.object({ id: z.string() }).optional(),
    reason: z.enum(['update', 'clock']).optional(),
    crossed_at: z.number().optional(),
  }),
});

export type Webhook = z.output<typeof webhookBody>;
