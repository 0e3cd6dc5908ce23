import { Injectable } from '@nestjs/common';
import type { Company, Id } from '#domain';
import { bytes, Database, type Transaction } from '../database.js';
import { COMPANY_COLUMNS, type CompanyRow, companySet, companyValues, toCompany } from './company-row.js';

/** Names one company of one workspace by its id. */
export interface CompanyKey {
  readonly workspaceId: number;
  readonly id: Id;
}

/** What else a company may be looked for by: the client's own id, or a name, which several may share. */
export type CompanyName = { readonly company_id: string } | { readonly name: string };

const FIND = `SELECT ${COMPANY_COLUMNS} FROM company c WHERE c.workspace_id = $1`;

/** Companies as they stand. A company is locked after the contact whose company it becomes. */
@Injectable()
export class CompanyRepository {
  constructor(private readonly database: Database) {}

  /** The company of that `company_id`, made if there is none, and locked. `at` is in unix seconds. */
  async ensure(
    { workspaceId, id }: CompanyKey,
    companyId: string,
    at: number,
    tx: Transaction,
  ): Promise<Company> {
    const [row] = await tx.query<CompanyRow>(
      `INSERT INTO company AS c (workspace_id, id, company_id, created_at, updated_at)
       VALUES ($1, $2, $3, to_timestamp($4), to_timestamp($4))
       ON CONFLICT (workspace_id, company_id) DO UPDATE SET updated_at = c.updated_at
       RETURNING ${COMPANY_COLUMNS}`,
      [workspaceId, bytes(id), companyId, at],
    );
    if (!row) throw new Error('The company was neither found nor made');
    return toCompany(row);
  }

  async update(company: Company, tx: Transaction): Promise<void> {
    await tx.query(`UPDATE company c SET ${companySet(3)} WHERE c.workspace_id = $1 AND c.id = $2`, [
      company.workspaceId,
      bytes(company.id),
      ...companyValues(company),
    ]);
  }

  async find(key: CompanyKey): Promise<Company | undefined> {
    return this.first(`${FIND} AND c.id = $2`, key);
  }

  /** The same, locked for a write until the transaction ends. */
  lock(key: CompanyKey, tx: Transaction): Promise<Company | undefined> {
    return this.first(`${FIND} AND c.id = $2 FOR NO KEY UPDATE`, key, tx);
  }

  /** The same, kept from being deleted, though not from being written, until the transaction ends. */
  hold(key: CompanyKey, tx: Transaction): Promise<Company | undefined> {
    return this.first(`${FIND} AND c.id = $2 FOR KEY SHARE`, key, tx);
  }

  /** Of several companies of one name the oldest. */
  async findNamed(
    workspaceId: number,
    named: CompanyName,
    tx: Pick<Transaction, 'query'> = this.database,
  ): Promise<Company | undefined> {
    const [column, value] = 'name' in named ? ['name', named.name] : ['company_id', named.company_id];
    const [row] = await tx.query<CompanyRow>(`${FIND} AND c.${column} = $2 ORDER BY c.id LIMIT 1`, [
      workspaceId,
      value,
    ]);
    return row && toCompany(row);
  }

  /** Deletes the company, its people's ties to it and its tags. Answers whether it was there. */
  async remove({ workspaceId, id }: CompanyKey, tx: Transaction): Promise<boolean> {
    const key = [workspaceId, bytes(id)];
    const gone = await tx.query('DELETE FROM company WHERE workspace_id = $1 AND id = $2 RETURNING id', key);
    await tx.query('DELETE FROM contact_company WHERE workspace_id = $1 AND company_id = $2', key);
    await tx.query('DELETE FROM company_tag WHERE workspace_id = $1 AND company_id = $2', key);
    return gone.length > 0;
  }

  private async first(
    sql: string,
    { workspaceId, id }: CompanyKey,
    tx: Pick<Transaction, 'query'> = this.database,
  ): Promise<Company | undefined> {
    const [row] = await tx.query<CompanyRow>(sql, [workspaceId, bytes(id)]);
    return row && toCompany(row);
  }
}
