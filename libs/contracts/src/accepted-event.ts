import { DomainError } from '#domain';
import { referenceOf } from './contact-reference.js';
import { type EventBody, idempotencyHeader } from './event.contract.js';
import { parse } from './parse.js';

/**
 * An event as accept takes it. Throws not_found when the body names nobody that could exist.
 * @param key the request's Idempotency-Key
 */
export function acceptedEvent(body: EventBody, key?: string) {
  return {
    reference: referenceOf(body),
    name: body.event_name,
    createdAt: body.created_at,
    metadata: body.metadata ?? {},
    dedupeKey: key === undefined ? body.dedupe_key : keyOf(body, key),
  };
}

function keyOf({ dedupe_key: said }: EventBody, header: string): string {
  const { 'idempotency-key': key } = parse(idempotencyHeader, { 'idempotency-key': header });
  if (said === undefined || said === key) return key;
  const message = 'dedupe_key: expected what the header Idempotency-Key says, or only one of them';
  throw new DomainError('parameter_invalid', message, 'dedupe_key');
}
