import type { SegmentAnswer } from '#contracts';
import type { Segment } from '#database';
import { secondsOf } from '../http/seconds.js';

/** A segment on the wire; `count` is left out where it was not asked for. */
export function segmentObject(segment: Segment, count?: number): SegmentAnswer {
  return {
    type: 'segment',
    id: segment.id,
    name: segment.name,
    person_type: segment.personType,
    filter: { ...segment.filter },
    ...(count === undefined ? {} : { count }),
    created_at: secondsOf(segment.createdAt),
    updated_at: secondsOf(segment.updatedAt),
    backfill: { state: segment.backfillState, done: segment.backfillDone, total: segment.backfillTotal },
  };
}
