import { Injectable } from '@nestjs/common';
import { type Contact, DomainError } from '#domain';
import { ContactWriter } from '../accept/contact-writer.js';
import { ContactCompanies } from '../companies/contact-companies.js';
import { CurrentContacts } from './current-contacts.js';
import type { Draft } from './draft.js';
import { inChains } from './in-chains.js';
import { Standings } from './standing.js';

/**
 * Writes what cannot wait for apply: addresses, which must be unique, and companies, which others share. Where they are
 * so already nothing is written: that is seen for all signals together.
 */
@Injectable()
export class KnownPeople {
  constructor(
    private readonly current: CurrentContacts,
    private readonly writer: ContactWriter,
    private readonly companies: ContactCompanies,
    private readonly standings: Standings,
  ) {}

  /**
   * A signal is refused with `conflict` when the address is another user's who has no external id, and with
   * `contact_company_limit_exceeded`. A visitor belongs to no company: that is left out.
   */
  async write(workspaceId: number, drafts: readonly Draft[]): Promise<void> {
    const asking = drafts.filter(
      ({ traits, companies }) => 'email' in traits.attributes || companies.length > 0,
    );
    if (asking.length === 0) return;
    const standing = await this.standings.load(workspaceId, asking);
    await inChains(asking, keysOf, async (draft) => {
      if (standing.isVisitor(draft)) leaveCompaniesOut(draft);
      if (standing.has(draft)) draft.companyIds = standing.companyIdsOf(draft);
      else await draft.attempt(async () => standing.note(draft, await this.writeOne(draft)));
    });
  }

  /** Whole or not at all. */
  private async writeOne(draft: Draft): Promise<Contact> {
    const { email, ...attributes } = draft.traits.attributes;
    const how = { at: draft.signal.at, sharesEmail: true };
    const [contact, companyIds] = await this.current.change(
      draft.workspaceId,
      draft.contactId,
      async (contact, tx) => {
        if (email !== undefined)
          await this.writer.update(contact, { attributes: { email }, customAttributes: {} }, { ...how, tx });
        return this.companies.attachAll(contact, draft.companies, tx);
      },
    );
    this.writer.hint(contact);
    Object.assign(draft, { companyIds, contactId: contact.id, traits: { ...draft.traits, attributes } });
    return contact;
  }
}

const keysOf = ({ contactId, companies }: Draft): string[] => [
  contactId,
  ...companies.map(({ companyId }) => `company ${companyId}`),
];

function leaveCompaniesOut(draft: Draft): void {
  for (const { companyId } of draft.companies) {
    const message = `companies: "${companyId}" was left out, a visitor belongs to none: name the user first`;
    draft.warnings.push(new DomainError('parameter_invalid', message, 'companies'));
  }
  draft.companies = [];
}
