import { Injectable } from '@nestjs/common';
import { ContactRepository, Database, RedirectRepository, type Transaction } from '#database';
import type { Contact, Id } from '#domain';
import { contactNotFound } from '../accept/refusals.js';

/** Contacts that were found a moment ago, as they are now: each may have been merged into another since. */
@Injectable()
export class CurrentContacts {
  constructor(
    private readonly database: Database,
    private readonly contacts: ContactRepository,
    private readonly redirects: RedirectRepository,
  ) {}

  /** Lets `work` change the contact, or its heir, in a transaction that holds it, and saves it. Throws `not_found`. */
  change<T>(
    workspaceId: number,
    id: Id,
    work: (contact: Contact, tx: Transaction) => Promise<T>,
  ): Promise<readonly [Contact, T]> {
    return this.database.transaction(async (tx) => {
      const contact = await this.hold(workspaceId, id, tx);
      const result = await work(contact, tx);
      await this.contacts.update([contact], tx);
      return [contact, result] as const;
    });
  }

  private async hold(workspaceId: number, id: Id, tx: Transaction): Promise<Contact> {
    const held = await this.contacts.lockOne(workspaceId, id, tx);
    const heir = held ? undefined : (await this.redirects.resolve([id], tx)).get(id);
    const contact = held ?? (heir && (await this.contacts.lockOne(workspaceId, heir, tx)));
    if (!contact) throw contactNotFound();
    return contact;
  }
}
