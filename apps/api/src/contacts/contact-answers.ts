import { Injectable } from '@nestjs/common';
import { RelationRepository } from '#database';
import { type Contact, contactObject, type ContactObject, type Id } from '#domain';
import { MicroBatch, type WrittenContact } from '#pipeline';
import type { Caller } from '../http/current-workspace.decorator.js';
import { withWarnings } from '../http/warnings.js';

/** Contacts as they are answered: with their relations, in the version that the caller asks for. */
@Injectable()
export class ContactAnswers {
  private readonly loading = new MicroBatch((ids: Id[]) => this.relations.load(ids));

  constructor(private readonly relations: RelationRepository) {}

  async one(caller: Caller, contact: Contact): Promise<ContactObject> {
    const relations = await this.loading.add(contact.id);
    return contactObject(contact, { ...caller, relations });
  }

  /** The same, with `warnings` when something was left out of the write. */
  async written(caller: Caller, contact: WrittenContact) {
    return withWarnings(await this.one(caller, contact), contact.warnings);
  }

  async many(caller: Caller, contacts: readonly Contact[]): Promise<ContactObject[]> {
    const relations = await this.relations.load(contacts.map(({ id }) => id));
    return contacts.map((contact, i) => contactObject(contact, { ...caller, relations: relations[i] }));
  }
}
