import { given } from '#domain';
import type { ContactBody } from './contact.contract.js';
import { type Seen, sightOf } from './seen.js';

/** What a body writes: standard attributes by API name and custom ones; null clears, what is left out stays. */
export function writtenAttributes(body: Omit<ContactBody, keyof Seen>) {
  const { custom_attributes: customAttributes, email_verified: _, ...standard } = body;
  return { attributes: given(standard), customAttributes: customAttributes ?? {} };
}

/** The same, and when the contact was last seen, which moves forwards only; null forgets it. @param now unix seconds */
export function writtenContact(body: ContactBody, now: number) {
  const { last_seen_at, last_request_at, update_last_request_at, new_session, ...rest } = body;
  const written = writtenAttributes(rest);
  const seenAt = last_seen_at ?? last_request_at;
  const forgotten = last_seen_at === null ? { last_seen_at } : {};
  return {
    asked: { ...written, attributes: { ...written.attributes, ...forgotten } },
    sight: sightOf({ last_request_at: seenAt, update_last_request_at, new_session }, now),
  };
}
