import { Injectable } from '@nestjs/common';
import { type CompanyKey, type CompanyName, CompanyRepository, Database } from '#database';
import { type Company, DomainError, type Id, ID_PATTERN, type WrittenCompany } from '#domain';
import { CompanyWriter, type NamedCompany } from './company-writer.js';

/** Companies. Whatever is given as an id, what is not there is `company_not_found`. */
@Injectable()
export class CompanyService {
  constructor(
    private readonly database: Database,
    private readonly companies: CompanyRepository,
    private readonly writer: CompanyWriter,
  ) {}

  createOrUpdate(workspaceId: number, company: NamedCompany): Promise<Company> {
    return this.database.transaction((tx) => this.writer.upsert(workspaceId, company, tx));
  }

  update(key: CompanyKey, written: WrittenCompany): Promise<Company> {
    return this.database.transaction(async (tx) => {
      const company = there(isId(key.id) ? await this.companies.lock(key, tx) : undefined);
      await this.writer.update(company, written, tx);
      return company;
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

const isId = (id: Id): boolean => ID_PATTERN.test(id);

function there(company: Company | undefined): Company {
  if (!company) throw companyNotFound();
  return company;
}

/** In Intercom's words. */
export const companyNotFound = (): DomainError => new DomainError('company_not_found', 'Company Not Found');
