import { Injectable } from '@nestjs/common';
import type { NewInboxRow } from '#database';
import type { AttributeValue, Id } from '#domain';
import { ContactService } from '../accept/contact.service.js';
import { type AskedCompany, UserParts } from '../contacts/user-parts.js';

/** Whose an update is. */
export type Owner = Pick<NewInboxRow, 'workspaceId' | 'contactId'>;

/** Writes what cannot wait for apply: names, which must be unique, and companies, which others share. */
@Injectable()
export class KnownPeople {
  constructor(
    private readonly contacts: ContactService,
    private readonly parts: UserParts,
  ) {}

  /** Answers with the companies that the person was attached to. Throws `contact_company_limit_exceeded`. */
  async attach({ workspaceId, contactId }: Owner, asked: readonly AskedCompany[]): Promise<Id[]> {
    if (asked.length === 0) return [];
    const { companies } = await this.parts.admit(workspaceId, asked, { partial: true });
    return this.contacts.change(workspaceId, contactId, (contact, tx) =>
      this.parts.write(contact, companies, tx),
    );
  }

  /** Throws `conflict` when the address is another user's who has no external id. */
  async readdress({ workspaceId, contactId }: Owner, email: AttributeValue | null): Promise<void> {
    const asked = { attributes: { email }, customAttributes: {} };
    await this.contacts.update(workspaceId, contactId, asked, { sharesEmail: true });
  }
}
