import { Injectable } from '@nestjs/common';
import { ContactRepository, Database } from '#database';
import { archive, block, type Contact, type Id, isVisitor, unarchive } from '#domain';
import { Clock } from '#platform';
import { ContactWriter, NOTHING } from '../accept/contact-writer.js';
import { contactNotFound } from '../accept/refusals.js';

/** Archives, brings back and blocks contacts. Each answers with the contact, and throws `not_found`. */
@Injectable()
export class StandingService {
  constructor(
    private readonly database: Database,
    private readonly contacts: ContactRepository,
    private readonly writer: ContactWriter,
    private readonly clock: Clock,
  ) {}

  archive(workspaceId: number, id: Id): Promise<Contact> {
    return this.change(workspaceId, id, (contact) => archive(contact, this.clock.now()));
  }

  /** Throws `not_restorable` when the contact is blocked. */
  unarchive(workspaceId: number, id: Id): Promise<Contact> {
    return this.change(workspaceId, id, unarchive);
  }

  block(workspaceId: number, id: Id): Promise<Contact> {
    return this.change(workspaceId, id, (contact) => block(contact, this.clock.now()));
  }

  /** @param move answers whether anything changed */
  private async change(workspaceId: number, id: Id, move: (contact: Contact) => boolean): Promise<Contact> {
    const contact = await this.database.transaction(async (tx) => {
      const contact = await this.contacts.lockOne(workspaceId, id, tx);
      if (!contact || isVisitor(contact)) throw contactNotFound();
      if (!move(contact)) return contact;
      await this.writer.update(contact, NOTHING, { tx, anew: true });
      await this.contacts.update([contact], tx);
      return contact;
    });
    this.writer.hint(contact);
    return contact;
  }
}
