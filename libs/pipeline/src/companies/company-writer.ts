import { Injectable } from '@nestjs/common';
import { CompanyRepository, type Transaction } from '#database';
import { type Company, writeCompany, type WrittenCompany } from '#domain';
import { Clock, Ids } from '#platform';

/** A company as a client writes it by its own id. */
export interface NamedCompany extends WrittenCompany {
  readonly companyId: string;
}

/** The one place where companies, and their custom attributes, are written. */
@Injectable()
export class CompanyWriter {
  constructor(
    private readonly companies: CompanyRepository,
    private readonly clock: Clock,
    private readonly ids: Ids,
  ) {}

  /** Writes the company of that `company_id`, made if there is none; of calls that meet, one makes it. */
  async upsert(
    workspaceId: number,
    { companyId, ...written }: NamedCompany,
    tx: Transaction,
  ): Promise<Company> {
    const key = { workspaceId, id: this.ids.next() };
    const company = await this.companies.ensure(key, companyId, this.clock.now(), tx);
    await this.update(company, written, tx);
    return company;
  }

  /** Writes into a company that the transaction holds locked. */
  async update(company: Company, written: WrittenCompany, tx: Transaction): Promise<void> {
    if (writeCompany(company, written, this.clock.now())) await this.companies.update(company, tx);
  }
}
