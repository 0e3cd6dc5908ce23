import { Injectable } from '@nestjs/common';
import { type CompanyKey, type CompanyName, CompanyRepository, Database } from '#database';
import { type Company, DomainError, isId } from '#domain';
import { type Asked, type CheckedValues, CustomAttributes } from '../accept/custom-attributes.js';
import { CompanyWriter } from './company-writer.js';

/** A company as it was written, and what was left out of it. */
export type AnsweredCompany = Company & Pick<CheckedValues, 'warnings'>;

/** Companies. Whatever is given as an id, what is not there is `company_not_found`. */
@Injectable()
export class CompanyService {
  constructor(
    private readonly database: Database,
    private readonly companies: CompanyRepository,
    private readonly writer: CompanyWriter,
    private readonly customAttributes: CustomAttributes,
  ) {}

  /** Throws for custom attributes as {@link CustomAttributes.check} does. */
  async createOrUpdate(workspaceId: number, companyId: string, asked: Asked): Promise<AnsweredCompany> {
    const { written, warnings } = await this.customAttributes.admit({ workspaceId, model: 'company' }, asked);
    return this.database.transaction(async (tx) => {
      const company = await this.writer.upsert(workspaceId, { companyId, ...written }, tx);
      return { ...company, warnings };
    });
  }

  async update(key: CompanyKey, asked: Asked): Promise<AnsweredCompany> {
    const { workspaceId } = key;
    const { written, warnings } = await this.customAttributes.admit({ workspaceId, model: 'company' }, asked);
    return this.database.transaction(async (tx) => {
      const company = there(isId(key.id) ? await this.companies.lock(key, tx) : undefined);
      await this.writer.update(company, written, tx);
      return { ...company, warnings };
    });
  }

  async find(key: CompanyKey): Promise<Company> {
    return there(isId(key.id) ? await this.companies.find(key) : undefined);
  }

  async findNamed(workspaceId: number, named: CompanyName): Promise<Company> {
    return there(await this.companies.findNamed(workspaceId, named));
  }

  /** The company is gone at once, and so is that anybody belonged to it. */
  async remove(key: CompanyKey): Promise<void> {
    const removed = isId(key.id) && (await this.database.transaction((tx) => this.companies.remove(key, tx)));
    if (!removed) throw companyNotFound();
  }
}

function there(company: Company | undefined): Company {
  if (!company) throw companyNotFound();
  return company;
}

/** In Intercom's words. */
export const companyNotFound = (): DomainError => new DomainError('company_not_found', 'Company Not Found');
