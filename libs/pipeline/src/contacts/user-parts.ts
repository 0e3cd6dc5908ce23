import { Injectable } from '@nestjs/common';
import type { Transaction } from '#database';
import type { Contact, DomainError, Id } from '#domain';
import { type Asked, type CheckOptions, CustomAttributes } from '../accept/custom-attributes.js';
import { ContactCompanies, type InlineCompany } from '../companies/contact-companies.js';

/** A company that comes with a user, as a client asks for it. */
export type AskedCompany = Asked & Pick<InlineCompany, 'companyId' | 'remove'>;

/** Writes the companies that come with a user. */
@Injectable()
export class UserParts {
  constructor(
    private readonly customAttributes: CustomAttributes,
    private readonly companies: ContactCompanies,
  ) {}

  /** Companies as they may be written, and what was left out of them. Throws as {@link CustomAttributes.check} does. */
  async admit(workspaceId: number, asked: readonly AskedCompany[], options: CheckOptions) {
    const companies: InlineCompany[] = [];
    const warnings: DomainError[] = [];
    for (const { companyId, remove, ...company } of asked) {
      const model = { workspaceId, model: 'company' } as const;
      const admitted = await this.customAttributes.admit(model, company, options);
      companies.push({ ...admitted.written, companyId, remove });
      warnings.push(...admitted.warnings);
    }
    return { companies, warnings };
  }

  /**
   * In the transaction of a caller who holds the user and saves it. Answers with the companies it was attached to.
   * Throws `contact_company_limit_exceeded`.
   */
  write(user: Contact, companies: readonly InlineCompany[], tx: Transaction): Promise<Id[]> {
    return this.companies.attachAll(user, companies, tx);
  }
}
