import { Injectable } from '@nestjs/common';
import { ContactRepository } from '#database';
import { type Contact, type ContactReference, type Id, ID_PATTERN, isVisitor } from '#domain';
import { ContactResolver } from './contact-resolver.js';
import { contactNotFound } from './refusals.js';

/** Finds contacts by whatever a client calls them. Throws `not_found`; visitors are found as visitors only. */
@Injectable()
export class ContactFinder {
  constructor(
    private readonly contacts: ContactRepository,
    private readonly resolver: ContactResolver,
  ) {}

  async find(workspaceId: number, id: Id): Promise<Contact> {
    const contact = ID_PATTERN.test(id) ? await this.contacts.find(workspaceId, id) : undefined;
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
