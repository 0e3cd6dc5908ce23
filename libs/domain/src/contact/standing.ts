import { DomainError } from '../domain-error.js';
import type { Contact } from './contact.js';

/** Hides the contact from lists, searches and segments. Answers whether that is news. @param now unix seconds */
export function archive(contact: Contact, now: number): boolean {
  if (contact.archivedAt !== null) return false;
  contact.archivedAt = now;
  return true;
}

/** Archives the contact for good. Answers whether that is news. @param now unix seconds */
export function block(contact: Contact, now: number): boolean {
  if (contact.blockedAt !== null) return false;
  contact.archivedAt ??= now;
  contact.blockedAt = now;
  return true;
}

/** Brings an archived contact back. Answers whether that is news; throws `not_restorable` when it is blocked. */
export function unarchive(contact: Contact): boolean {
  if (contact.blockedAt !== null) throw blocked(contact);
  if (contact.archivedAt === null) return false;
  contact.archivedAt = null;
  return true;
}

/** What bears a name that a blocked contact bears cannot come to be. */
export const blocked = ({ id }: Contact): DomainError =>
  new DomainError(
    'not_restorable',
    `A blocked contact has those details and cannot come back, id=${id}`,
    undefined,
    {
      contact_id: id,
    },
  );
