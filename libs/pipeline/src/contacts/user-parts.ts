import { Injectable } from '@nestjs/common';
import type { Transaction } from '#database';
import {
  type AttributesUpdate,
  type Contact,
  DomainError,
  type Id,
  InvalidInput,
  ofPart,
  type Surroundings,
} from '#domain';
import { ContactWriter } from '../accept/contact-writer.js';
import { type Asked, type CheckOptions, CustomAttributes } from '../accept/custom-attributes.js';
import { ContactCompanies, type InlineCompany } from '../companies/contact-companies.js';
import { DeviceAndPlace } from '../sources/device-and-place.js';

/** A company that comes with a user, as a client asks for it. */
export type AskedCompany = Asked & Pick<InlineCompany, 'companyId' | 'remove'>;

/** What comes with a user besides its attributes. */
export interface Parts {
  readonly companies: readonly InlineCompany[];
  /** Device and place, as of `at` in unix seconds, by default now. */
  readonly seen?: (Pick<AttributesUpdate, 'attributes'> & { readonly at?: number | undefined }) | undefined;
}

/** Writes the companies that come with a user, and what it was seen with. */
@Injectable()
export class UserParts {
  constructor(
    private readonly customAttributes: CustomAttributes,
    private readonly companies: ContactCompanies,
    private readonly sights: DeviceAndPlace,
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

  /** What the user was seen with, and where. @param at as of when, in unix seconds; by default now */
  async see(workspaceId: number, surroundings: Surroundings, at?: number): Promise<Parts['seen']> {
    const { attributes } = await this.sights.describe(workspaceId, surroundings);
    return { attributes, at };
  }

  /**
   * In the transaction of a caller who holds the user and saves it. Answers with the companies it was attached to.
   * Throws `contact_company_limit_exceeded`.
   */
  async write(user: Contact, { companies, seen }: Parts, tx: Transaction): Promise<Id[]> {
    if (seen)
      await this.writer.update(
        user,
        { attributes: seen.attributes, customAttributes: {} },
        { tx, at: seen.at, by: { source: 'activity' } },
      );
    return this.companies.attachAll(user, companies, tx);
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
