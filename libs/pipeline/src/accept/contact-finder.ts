import { Injectable } from '@nestjs/common';
import { type ContactKey, ContactRepository } from '#database';
import { type Contact, type ContactReference, type Id, isId, isVisitor } from '#domain';
import { MicroBatch } from '../micro-batch.js';
import { ContactResolver } from './contact-resolver.js';
import { contactNotFound } from './refusals.js';

/** Finds contacts by whatever a client calls them. Throws `not_found`; visitors are found as visitors only. */
@Injectable()
export class ContactFinder {
  private readonly finding = new MicroBatch((keys: ContactKey[]) => this.contacts.findMany(keys));

  constructor(
    private readonly contacts: ContactRepository,
    private readonly resolver: ContactResolver,
  ) {}

  async find(workspaceId: number, id: Id): Promise<Contact> {
    const contact = isId(id) ? await this.finding.add({ workspaceId, id }) : undefined;
    if (!contact || isVisitor(contact)) throw contactNotFound();
    return contact;
  }

  async findByExternalId(workspaceId: number, externalId: string): Promise<Contact> {
    const contact = await this.contacts.findByExternalId(workspaceId, externalId);
    if (!contact) throw contactNotFound();
    return contact;
  }

  /** The contact that a client means. Throws `conflict` when several share the address. */
  async named(workspaceId: number, reference: ContactReference): Promise<Contact> {
    return this.find(workspaceId, await this.resolver.resolve(workspaceId, reference));
  }
}
