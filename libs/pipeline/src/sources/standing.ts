import { Injectable } from '@nestjs/common';
import { type AddressedContact, CompanyLinkRepository, type ContactKey, ContactRepository } from '#database';
import { type Company, type Contact, type Id, type Role, writeCompany } from '#domain';
import type { InlineCompany } from '../companies/contact-companies.js';
import { MicroBatch } from '../micro-batch.js';
import type { Draft } from './draft.js';

/** What is so already of what signals ask for, as it was when it was loaded and as their own writes have changed it. */
export class Standing {
  private readonly written = new Set<string>();

  /**
   * @param contacts by id
   * @param companies that people belong to, by {@link linkOf}
   */
  constructor(
    private readonly contacts: Map<Id, AddressedContact>,
    private readonly companies: Map<string, Company>,
  ) {}

  isVisitor({ contactId }: Draft): boolean {
    return this.contacts.get(contactId)?.role === 'visitor';
  }

  /** Whether there is nothing to write for the signal. */
  has(draft: Draft): boolean {
    const contact = this.contacts.get(draft.contactId);
    const { email } = draft.traits.attributes;
    return (
      contact !== undefined &&
      (email === undefined || email === contact.email) &&
      draft.companies.every((company) => this.hasCompany(draft, company))
    );
  }

  companyIdsOf(draft: Draft): Id[] {
    return draft.companies.flatMap(({ companyId }) => this.companies.get(linkOf(draft, companyId))?.id ?? []);
  }

  /** The signal was written. What it wrote of a company may differ from what was loaded for others. */
  note(draft: Draft, contact: Contact): void {
    const { email, role } = contact.attributes;
    const address = typeof email === 'string' ? email : null;
    this.contacts.set(contact.id, { id: contact.id, email: address, role: role as Role });
    for (const { companyId } of draft.companies) this.written.add(companyId);
  }

  private hasCompany(draft: Draft, { companyId, remove = false, ...asked }: InlineCompany): boolean {
    const company = this.companies.get(linkOf(draft, companyId));
    if (!company || remove || this.written.has(companyId)) return false;
    const { attributes, customAttributes } = company;
    return !writeCompany(
      { ...company, attributes: { ...attributes }, customAttributes: { ...customAttributes } },
      asked,
      0,
    );
  }
}

const linkOf = ({ contactId }: Draft, companyId: string): string => `${contactId} ${companyId}`;

/** Looks up how things stand, for many signals at once. */
@Injectable()
export class Standings {
  private readonly finding = new MicroBatch((keys: ContactKey[]) => this.contacts.addresses(keys));

  constructor(
    private readonly contacts: ContactRepository,
    private readonly links: CompanyLinkRepository,
  ) {}

  async load(workspaceId: number, drafts: readonly Draft[]): Promise<Standing> {
    const keys = [...new Set(drafts.map(({ contactId }) => contactId))].map((id) => ({ workspaceId, id }));
    const found = await Promise.all(keys.map((key) => this.finding.add(key)));
    const contacts = found.flatMap((contact) => contact ?? []);
    return new Standing(
      new Map(contacts.map((contact) => [contact.id, contact])),
      await this.companies(workspaceId, drafts),
    );
  }

  private async companies(workspaceId: number, drafts: readonly Draft[]): Promise<Map<string, Company>> {
    const wanted = drafts.flatMap((draft) =>
      draft.companies.map(({ companyId }) => ({
        link: linkOf(draft, companyId),
        contactId: draft.contactId,
        companyId,
      })),
    );
    const pairs = [...new Map(wanted.map((pair) => [pair.link, pair])).values()];
    if (pairs.length === 0) return new Map();
    const found = await this.links.findNamed(workspaceId, pairs);
    return new Map(pairs.flatMap(({ link }, i) => (found[i] ? [[link, found[i]] as const] : [])));
  }
}
