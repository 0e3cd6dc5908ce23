import { Injectable } from '@nestjs/common';
import { RelationRepository } from '#database';
import { type Contact, contactObject, type ContactObject, type Id } from '#domain';
import { MicroBatch } from '#pipeline';
import type { Caller } from '../http/current-workspace.decorator.js';

/** Contacts as they are answered: with their relations, in the version that the caller asks for. */
@Injectable()
export class ContactAnswers {
  private readonly loading = new MicroBatch((ids: Id[]) => this.relations.load(ids));

  constructor(private readonly relations: RelationRepository) {}

  async one(caller: Caller, contact: Contact): Promise<ContactObject> {
    const relations = await this.loading.add(contact.id);
    return contactObject(contact, { ...caller, relations });
  }

  async many(caller: Caller, contacts: readonly Contact[]): Promise<ContactObject[]> {
    const relations = await this.relations.load(contacts.map(({ id }) => id));
    return contacts.map((contact, i) => contactObject(contact, { ...caller, relations: relations[i] }));
  }
}
