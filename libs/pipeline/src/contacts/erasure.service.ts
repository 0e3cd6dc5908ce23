import { Injectable } from '@nestjs/common';
import { ContactRepository, Database, ErasureRepository } from '#database';
import type { Contact, Id } from '#domain';
import { ContactResolver } from '../accept/contact-resolver.js';
import { contactNotFound } from '../accept/refusals.js';

/** Removes contacts for good. */
@Injectable()
export class ErasureService {
  constructor(
    private readonly database: Database,
    private readonly contacts: ContactRepository,
    private readonly erasure: ErasureRepository,
    private readonly resolver: ContactResolver,
  ) {}

  /**
   * Removes every trace of the contact, and of those that were merged into it; answers with what it was. What is
   * accepted for it and not applied yet is forgotten by apply. Throws `not_found`.
   */
  async erase(workspaceId: number, id: Id): Promise<Contact> {
    const { contact, ids } = await this.database.transaction(async (tx) => {
      const [contact] = await this.contacts.lockForRemoval([id], tx);
      if (contact?.workspaceId !== workspaceId) throw contactNotFound();
      return { contact, ids: [id, ...(await this.erasure.erase(id, tx))] };
    });
    this.resolver.forgetContacts(ids);
    return contact;
  }
}
