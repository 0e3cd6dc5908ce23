import type { EndpointAnswer } from '#contracts';
import type { Endpoint } from '#database';
import { secondsOf } from '../http/seconds.js';

/** An endpoint on the wire, without its secret. */
export function endpointObject(endpoint: Endpoint): EndpointAnswer {
  return {
    type: 'endpoint',
    id: endpoint.id,
    url: endpoint.url,
    topics: endpoint.topics,
    description: endpoint.description,
    state: endpoint.state,
    disabled_reason: endpoint.disabledReason,
    created_at: secondsOf(endpoint.createdAt),
    updated_at: secondsOf(endpoint.updatedAt),
  };
}
