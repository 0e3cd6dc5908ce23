import { Injectable } from '@nestjs/common';
import { CompanyLinkRepository, type Transaction } from '#database';
import { type Contact, DomainError, type Id, MAX_COMPANIES_OF_CONTACT } from '#domain';
import { ContactWriter } from '../accept/contact-writer.js';

/** Ties a contact, whose lock the transaction holds, to companies. What changes something moves its `updated_at`. */
@Injectable()
export class CompanyAttacher {
  constructor(
    private readonly links: CompanyLinkRepository,
    private readonly contacts: ContactWriter,
  ) {}

  /**
   * True attaches the contact to a company, false detaches it; to do again what is done changes nothing. Throws
   * `contact_company_limit_exceeded`. The caller saves the contact, and hints when it has committed.
   */
  async apply(contact: Contact, attached: ReadonlyMap<Id, boolean>, tx: Transaction): Promise<void> {
    const changed = { attached: false, detached: false };
    for (const [companyId, attach] of attached) {
      if (attach) changed.attached = (await this.links.attach(contact, companyId, tx)) || changed.attached;
      else changed.detached = (await this.links.detach(contact, companyId, tx)) || changed.detached;
    }
    if (changed.attached) await this.checkLimit([contact], tx);
    if (changed.attached || changed.detached) await this.contacts.touch(contact, tx);
  }

  /** Throws `contact_company_limit_exceeded` when the contacts together belong to more companies than one may. */
  async checkLimit(contacts: readonly Contact[], tx: Transaction): Promise<void> {
    const ids = contacts.map(({ id }) => id);
    if ((await this.links.count(ids, tx)) <= MAX_COMPANIES_OF_CONTACT) return;
    const message = `A contact belongs to at most ${MAX_COMPANIES_OF_CONTACT} companies: detach one first`;
    throw new DomainError('contact_company_limit_exceeded', message);
  }
}
