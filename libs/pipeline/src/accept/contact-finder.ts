import { Injectable } from '@nestjs/common';
import type { Contact, ContactReference } from '#domain';
import { ContactResolver } from './contact-resolver.js';
import { ContactService } from './contact.service.js';

/** Finds contacts by whatever a client calls them. */
@Injectable()
export class ContactFinder {
  constructor(
    private readonly contacts: ContactService,
    private readonly resolver: ContactResolver,
  ) {}

  /** The contact that a client means. Throws `not_found`, or `conflict` when several share the address. */
  async named(workspaceId: number, reference: ContactReference): Promise<Contact> {
    return this.contacts.find(workspaceId, await this.resolver.resolve(workspaceId, reference));
  }
}
