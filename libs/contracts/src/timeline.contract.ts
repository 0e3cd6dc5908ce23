import { z } from 'zod';
import { SOURCES } from '#domain';
import { eventAnswer } from './event-list.contract.js';
import { perPage, text } from './values.js';

const KINDS = ['session', 'event', 'attribute_change', 'segment_transition'] as const;
const TYPES = `expected some of ${KINDS.join(', ')}, separated by commas`;

/** Longer than any cursor that was given out. */
const MAX_CURSOR = 500;

/** `GET /contacts/{id}/timeline`. `types` are what is wanted, separated by commas; all by default. */
export const listTimeline = z.strictObject({
  types: z
    .string(TYPES)
    .transform((types) => types.split(','))
    .pipe(z.array(z.enum(KINDS, TYPES)).transform((types) => [...new Set(types)]))
    .default([...KINDS]),
  per_page: perPage(),
  starting_after: text(MAX_CURSOR, 1).optional(),
});

const value = z.union([z.string(), z.number(), z.boolean(), z.null()]);
const time = z.number();

/** A session on a platform, from its first to its last activity. */
const session = z.object({
  type: z.literal('session'),
  platform: z.string(),
  started_at: time,
  ended_at: time,
});

/** An attribute that was written; null is unknown. `admin_id` is whose token wrote it, null where none did. */
const attributeChange = z.object({
  type: z.literal('attribute_change'),
  name: z.string(),
  from: value,
  to: value,
  source: z.enum(SOURCES),
  admin_id: z.string().nullable(),
  changed_at: time,
});

/** That the contact entered or left a segment, when it came to do so, and when that was noticed. */
const segmentTransition = z.object({
  type: z.literal('segment_transition'),
  segment: z.object({ type: z.literal('segment'), id: z.string(), name: z.string() }),
  entered: z.boolean(),
  reason: z.enum(['update', 'clock', 'rule']),
  crossed_at: time,
  noticed_at: time,
});

export const timelineItem = z.union([session, eventAnswer, attributeChange, segmentTransition]);

/** Newest first. Times are unix seconds, with fractions where they were measured. */
export const timeline = z.object({
  type: z.literal('list'),
  data: z.array(timelineItem),
  pages: z.object({
    type: z.literal('pages'),
    per_page: z.int(),
    next: z.object({ starting_after: z.string() }).nullable(),
  }),
});

export type ListTimelineQuery = z.output<typeof listTimeline>;
export type TimelineItem = z.output<typeof timelineItem>;
export type Timeline = z.output<typeof timeline>;
