import type { AttemptAnswer, DeliveryAnswer } from '#contracts';
import type { Delivery, DeliveryAttempt } from '#database';
import { wholeSeconds } from '../http/seconds.js';

/** A delivery on the wire. */
export function deliveryObject(delivery: Delivery): DeliveryAnswer {
  return {
    type: 'delivery',
    id: delivery.id,
    endpoint_id: delivery.endpointId,
    notification_id: delivery.notificationId,
    topic: delivery.topic,
    state: delivery.state,
    in_flight: delivery.inFlight,
    attempt_count: delivery.attempts,
    next_at: wholeSeconds(delivery.nextAt),
    created_at: wholeSeconds(delivery.createdAt),
    finished_at: wholeSeconds(delivery.finishedAt),
  };
}

/** An attempt on the wire. */
export function attemptObject(attempt: DeliveryAttempt): AttemptAnswer {
  return {
    type: 'attempt',
    number: attempt.number,
    started_at: wholeSeconds(attempt.startedAt),
    duration_ms: attempt.durationMs,
    status_code: attempt.statusCode,
    error: attempt.error,
    response: attempt.response,
  };
}
