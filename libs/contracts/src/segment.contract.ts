import { z } from 'zod';
import { parseFilter } from '#domain';
import { byDomain, flag, MAX_NAME, pageQuery, secondsOrNull, text } from './values.js';

const definition = {
  name: text(MAX_NAME, 1),
  person_type: z.enum(['user', 'lead', 'contact'], 'expected "user", "lead" or "contact"'),
  filter: z
    .looseObject({}, 'expected a filter: a group, or a node with "field" or "event"')
    .transform(byDomain((filter) => parseFilter(filter))),
};

/** `POST /segments`: people of any role unless it says which. */
export const createSegment = z.strictObject(
  { ...definition, person_type: definition.person_type.default('contact') },
  'expected an object',
);

/** `PUT /segments/{id}`: what is left out stays. */
export const updateSegment = z.strictObject(
  {
    name: definition.name.optional(),
    person_type: definition.person_type.optional(),
    filter: definition.filter.optional(),
  },
  'expected an object',
);

/** `GET /segments`: counting takes time, so it is done on request. */
export const listSegments = z.strictObject({ include_count: flag });

export const segmentAnswer = z.object({
  type: z.literal('segment'),
  id: z.string(),
  name: z.string(),
  person_type: definition.person_type,
  filter: z.looseObject({}),
  count: z.int().optional(),
  created_at: secondsOrNull,
  updated_at: secondsOrNull,
  /** How far the members are known: `done` of `total` contacts were looked at. */
  backfill: z.object({ state: z.enum(['pending', 'running', 'done']), done: z.int(), total: z.int() }),
});

export const segmentList = z.object({
  type: z.literal('segment.list'),
  segments: z.array(segmentAnswer),
  pages: z.object({}),
});

/** `GET /contacts/{id}/segments`: a list, where `GET /segments` has a shape of its own. */
export const contactSegments = z.object({ type: z.literal('list'), data: z.array(segmentAnswer) });

/** The answer to `DELETE`. */
export const deletedAnswer = z.object({ type: z.string(), id: z.string(), deleted: z.literal(true) });

/** `GET /segments/{id}/contacts` */
export const listMembers = pageQuery;

export type CreateSegmentBody = z.output<typeof createSegment>;
export type UpdateSegmentBody = z.output<typeof updateSegment>;
export type ListSegmentsQuery = z.output<typeof listSegments>;
export type SegmentAnswer = z.output<typeof segmentAnswer>;
export type PageQuery = z.output<typeof pageQuery>;
