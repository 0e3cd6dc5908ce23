import { Injectable } from '@nestjs/common';
import { ContactRepository } from '#database';
import { type Contact, DomainError } from '#domain';
import { ContactService, type WriteAs, type WrittenContact } from '../accept/contact.service.js';
import type { Asked } from '../accept/custom-attributes.js';
import { nameTaken } from '../accept/refusals.js';
import { retried } from './lost-race.js';

/** What a user is looked for by. */
export interface Names {
  readonly externalId?: string | undefined;
  readonly email?: string | undefined;
}

/** An archived user comes back if that is asked for; the rest as in every write. */
export type UpsertOptions = Pick<WriteAs, 'partial' | 'unarchive' | 'at' | 'by' | 'sight' | 'also'>;

/**
 * Writes the user who is meant, or creates it. It is looked for by external id; else by address, among users who have
 * no external id if one is given, so that the user gets it. Where the address is another named user's, a new one is made
 * that shares it (reference 4, the v1 rule).
 */
@Injectable()
export class UpsertService {
  constructor(
    private readonly contacts: ContactService,
    private readonly repository: ContactRepository,
  ) {}

  /**
   * Safe beside other upserts and creates of the same names: whoever comes second writes what the first one created.
   * Throws `conflict` when the contact is archived and is not to come back, or several users have the address;
   * `not_restorable` when it is blocked.
   */
  upsert(workspaceId: number, asked: Asked, as: UpsertOptions): Promise<WrittenContact> {
    const names = namesOf(asked);
    return retried(async () => {
      const target = await this.find(workspaceId, names);
      if (!target) return this.contacts.create(workspaceId, asked, { ...as, sharesEmail: true });
      const check = (contact: Contact) => checkTarget(contact, names, as);
      return this.contacts.update(workspaceId, target.id, asked, { ...as, check, sharesEmail: true });
    });
  }

  /** The user who is meant, as it is now. Throws `conflict` when several have the address. */
  async find(workspaceId: number, { externalId, email }: Names): Promise<Contact | undefined> {
    const named =
      externalId === undefined ? undefined : await this.repository.findByExternalId(workspaceId, externalId);
    if (named || email === undefined) return named;
    const users = await this.repository.listByEmail(workspaceId, email, 'user');
    if (externalId !== undefined)
      return users.find(({ attributes }) => attributes['external_id'] === undefined);
    if (users.length > 1)
      throw new DomainError('conflict', 'Several users have this email: give the external_id', 'email');
    return users[0];
  }
}

/** The same as attributes, those only that are given. */
export function nameAttributes({ externalId, email }: Names): Record<string, string> {
  return {
    ...(externalId === undefined ? {} : { external_id: externalId }),
    ...(email === undefined ? {} : { email }),
  };
}

function namesOf({ attributes }: Asked): Names {
  const name = (key: string) => (typeof attributes[key] === 'string' ? String(attributes[key]) : undefined);
  return { externalId: name('external_id'), email: name('email') };
}

/** Whether the contact, now that it is held, is still the one that was looked for. */
function checkTarget(contact: Contact, names: Names, { unarchive }: UpsertOptions): void {
  const { external_id: externalId, email } = contact.attributes;
  const byEmail = email === names.email && (names.externalId === undefined || externalId === undefined);
  const isMeant = (names.externalId !== undefined && externalId === names.externalId) || byEmail;
  if (!isMeant || (contact.archivedAt !== null && !unarchive))
    throw nameTaken(names.externalId === undefined ? 'email' : 'external_id', contact.id, contact);
}
