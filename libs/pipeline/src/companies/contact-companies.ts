import { Injectable } from '@nestjs/common';
import { CompanyRepository, type Transaction } from '#database';
import { type Company, type Contact, type Id, isId } from '#domain';
import { ContactService } from '../accept/contact.service.js';
import { CompanyAttacher } from './company-attacher.js';
import { companyNotFound } from './company.service.js';
import { CompanyWriter, type NamedCompany } from './company-writer.js';

/** A contact and a company of one workspace, by their ids. */
export interface CompanyLink {
  readonly workspaceId: number;
  readonly contactId: Id;
  readonly companyId: Id;
}

/** A company as it comes with its contact: written and attached, or with `remove` only detached. */
export interface InlineCompany extends NamedCompany {
  readonly remove?: boolean | undefined;
}

/** The companies of contacts. Throws `not_found` for the contact, `company_not_found` for the company. */
@Injectable()
export class ContactCompanies {
  constructor(
    private readonly contacts: ContactService,
    private readonly companies: CompanyRepository,
    private readonly writer: CompanyWriter,
    private readonly attacher: CompanyAttacher,
  ) {}

  /** Throws `contact_company_limit_exceeded` too. To attach twice is harmless. */
  attach(link: CompanyLink): Promise<Company> {
    return this.tie(link, true);
  }

  /** To detach a contact that does not belong to the company is harmless. */
  detach(link: CompanyLink): Promise<Company> {
    return this.tie(link, false);
  }

  /**
   * Writes the companies that come with a contact, and attaches it to them, in the caller's transaction, which holds
   * the contact's lock, saves it, and hints when it has committed. Companies are locked in the order of `company_id`.
   * Answers with those that it attached.
   */
  async attachAll(contact: Contact, inline: readonly InlineCompany[], tx: Transaction): Promise<Id[]> {
    const { workspaceId } = contact;
    const attached = new Map<Id, boolean>();
    for (const { remove = false, ...company } of inline.toSorted(byCompanyId)) {
      const { id } = remove
        ? ((await this.companies.findNamed(workspaceId, { company_id: company.companyId }, tx)) ?? {})
        : await this.writer.upsert(workspaceId, company, tx);
      if (id !== undefined) attached.set(id, !remove);
    }
    await this.attacher.apply(contact, attached, tx);
    return [...attached].flatMap(([id, attach]) => (attach ? [id] : []));
  }

  private tie({ workspaceId, contactId, companyId }: CompanyLink, attach: boolean): Promise<Company> {
    return this.contacts.change(workspaceId, contactId, async (contact, tx) => {
      const key = { workspaceId, id: companyId };
      const company = isId(companyId) ? await this.companies.hold(key, tx) : undefined;
      if (!company) throw companyNotFound();
      await this.attacher.apply(contact, new Map([[companyId, attach]]), tx);
      return company;
    });
  }
}

const byCompanyId = (a: InlineCompany, b: InlineCompany): number =>
  a.companyId < b.companyId ? -1 : Number(a.companyId > b.companyId);
