import { Injectable } from '@nestjs/common';
import type { Transaction } from '#database';
import { type Contact, DomainError, InvalidInput, ofPart } from '#domain';
import { ContactWriter, type Sight } from '../accept/contact-writer.js';
import { type Asked, type CheckOptions, CustomAttributes } from '../accept/custom-attributes.js';
import { ContactCompanies, type InlineCompany } from '../companies/contact-companies.js';

/** A company that comes with a user, as a client asks for it. */
export type AskedCompany = Asked & Pick<InlineCompany, 'companyId' | 'remove'>;

/** What comes with a user besides its attributes. */
export interface Parts {
  readonly companies: readonly InlineCompany[];
  readonly sight?: Sight | undefined;
}

/** Writes what comes with a user. */
@Injectable()
export class UserParts {
  constructor(
    private readonly customAttributes: CustomAttributes,
    private readonly companies: ContactCompanies,
    private readonly writer: ContactWriter,
  ) {}

  /** Companies as they may be written, and what was left out of them. Throws as {@link CustomAttributes.check} does. */
  async admit(workspaceId: number, asked: readonly AskedCompany[], options: CheckOptions) {
    const companies: InlineCompany[] = [];
    const warnings: DomainError[] = [];
    for (const [i, { companyId, remove, ...company }] of asked.entries()) {
      const model = { workspaceId, model: 'company' } as const;
      const part = `companies.${i}`;
      const admitted = await toldOf(part, this.customAttributes.admit(model, company, options));
      companies.push({ ...admitted.written, companyId, remove });
      warnings.push(...admitted.warnings.map((warning) => ofPart(part, warning)));
    }
    return { companies, warnings };
  }

  /** In the transaction of a caller who holds the user and saves it. Throws `contact_company_limit_exceeded`. */
  async write(user: Contact, { companies, sight }: Parts, tx: Transaction): Promise<void> {
    await this.companies.attachAll(user, companies, tx);
    if (sight) await this.writer.see(user, sight, tx);
  }
}

/** What is wrong with a part of a body is told by where that is in there. */
async function toldOf<T>(part: string, work: Promise<T>): Promise<T> {
  try {
    return await work;
  } catch (error) {
    if (error instanceof InvalidInput) throw new InvalidInput(error.errors.map((one) => ofPart(part, one)));
    throw error instanceof DomainError ? ofPart(part, error) : error;
  }
}
