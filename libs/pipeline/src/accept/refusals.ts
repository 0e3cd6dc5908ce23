import { blocked, type Contact, DomainError, type Id } from '#domain';

export const contactNotFound = (): DomainError => new DomainError('not_found', 'User Not Found');

/**
 * A name belongs to another contact. The text is Intercom's (reference 4): clients read the id out of it, and the word
 * archived. A blocked contact keeps its names for ever: `not_restorable`.
 */
export function nameTaken(field: string, id: Id, owner: Contact | undefined): DomainError {
  if (owner && owner.blockedAt !== null) return blocked(owner);
  const archived = owner !== undefined && owner.archivedAt !== null;
  const who = archived ? 'An archived contact' : 'A contact';
  const message = `${who} matching those details already exists with id=${id}`;
  return new DomainError('conflict', message, field, { contact_id: id, ...(archived ? { archived } : {}) });
}

/** The archived contact in whose way a write was, by the error that refused it. */
export function archivedOwner(error: unknown): Id | undefined {
  if (!(error instanceof DomainError) || error.code !== 'conflict' || !error.details['archived'])
    return undefined;
  return String(error.details['contact_id']);
}
