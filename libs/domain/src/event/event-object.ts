import type { AttributeValue, Contact } from '../contact/contact.js';
import type { EventUpdate } from '../update/update.js';

/** What is shown of an event, beside its contact. */
export type RecordedEvent = Pick<EventUpdate, 'id' | 'name' | 'createdAt' | 'metadata'>;

/** An event in the shape of Intercom's API; the time in unix seconds. */
export function eventObject(event: RecordedEvent, contact: Contact) {
  return {
    type: 'event' as const,
    id: event.id,
    event_name: event.name,
    created_at: event.createdAt,
    ...namesOf(contact),
    metadata: event.metadata,
  };
}

/** How a contact is named beside its events. */
export const namesOf = ({ id, attributes }: Contact) => ({
  user_id: textOrNull(attributes['external_id']),
  intercom_user_id: id,
  email: textOrNull(attributes['email']),
});

const textOrNull = (value: AttributeValue | undefined): string | null =>
  typeof value === 'string' ? value : null;
