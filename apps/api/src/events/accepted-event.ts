import { type EventBody, referenceOf } from '#contracts';
import type { AcceptedEvent } from '#pipeline';

/** An event as accept takes it. Throws not_found when the body names nobody that could exist. */
export function acceptedEvent(body: EventBody): AcceptedEvent {
  return {
    reference: referenceOf(body),
    name: body.event_name,
    createdAt: body.created_at,
    metadata: body.metadata ?? {},
    dedupeKey: body.dedupe_key,
  };
}
