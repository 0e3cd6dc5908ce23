import type { Contact } from '../contact/contact.js';
import type { EventUpdate } from '../update/update.js';

/** An event in the shape of Intercom's API; the time in unix seconds. */
export function eventObject(event: EventUpdate, { id, attributes }: Contact) {
  return {
    type: 'event',
    id: event.id,
    event_name: event.name,
    created_at: event.createdAt,
    user_id: attributes['external_id'] ?? null,
    intercom_user_id: id,
    email: attributes['email'] ?? null,
    metadata: event.metadata,
  };
}
