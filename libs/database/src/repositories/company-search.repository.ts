import { Injectable } from '@nestjs/common';
import { type Company, type CompanySort, type Filter, type Id, type WholeDays } from '#domain';
import { bytes, Database } from '../database.js';
import { companyCondition, type ConditionContext } from './company-condition.js';
import { ANY_PEOPLE, PEOPLE } from './company-people.js';
import { COMPANY_COLUMNS, type CompanyRow, toCompany } from './company-row.js';

/** Where a page of a sorted search ends: the value it is sorted by, and the company. */
export interface CompanyPosition {
  readonly value: string | number;
  readonly id: Id;
}

/** What is searched for. `days` is the calendar that dates are compared by. */
export interface CompanySearch {
  readonly workspaceId: number;
  readonly query: Filter;
  readonly days: WholeDays;
}

/** Which part of what was found. */
export interface CompanySearchPage {
  readonly sort: { readonly field: CompanySort; readonly order: 'ascending' | 'descending' };
  readonly after: CompanyPosition | undefined;
  readonly limit: number;
}

export interface FoundCompany {
  readonly company: Company;
  readonly position: CompanyPosition;
}

const epoch = (column: string) => `coalesce(extract(epoch FROM c.${column})::float8, -1)`;

/** What is unknown sorts before everything else: none of the numbers is negative. */
const SORTS: Readonly<Record<CompanySort, string>> = {
  created_at: epoch('created_at'),
  updated_at: epoch('updated_at'),
  last_request_at: epoch('last_request_at'),
  remote_created_at: epoch('remote_created_at'),
  monthly_spend: 'c.monthly_spend::float8',
  size: 'coalesce(c.size, -1)::float8',
  session_count: 'c.session_count::float8',
  user_count: `(SELECT count(*) ${PEOPLE})::float8`,
  name: `coalesce(c.name, '')`,
};

/** Companies by a filter. Those without people are not found. */
@Injectable()
export class CompanySearchRepository {
  constructor(private readonly database: Database) {}

  async find(search: CompanySearch, { sort, after, limit }: CompanySearchPage): Promise<FoundCompany[]> {
    const { where, bind, parameters } = compile(search);
    const by = SORTS[sort.field];
    const [direction, beyond] = sort.order === 'ascending' ? ['ASC', '>'] : ['DESC', '<'];
    const type = sort.field === 'name' ? 'text' : 'float8';
    const rest = after
      ? `AND (${by}, c.id) ${beyond} (${bind(after.value, type)}, ${bind(bytes(after.id), 'bytea')})`
      : '';
    const rows = await this.database.queryOnce<CompanyRow & { position: string | number }>(
      `SELECT ${COMPANY_COLUMNS}, ${by} AS position ${where} ${rest}
       ORDER BY position ${direction}, c.id ${direction} LIMIT ${limit}`,
      parameters,
    );
    return rows.map((row) => ({
      company: toCompany(row),
      position: { value: row.position, id: row.id },
    }));
  }

  async count(search: CompanySearch): Promise<number> {
    const { where, parameters } = compile(search);
    const [row] = await this.database.queryOnce<{ count: number }>(
      `SELECT count(*) AS count ${where}`,
      parameters,
    );
    return row?.count ?? 0;
  }
}

function compile({ workspaceId, query, days }: CompanySearch) {
  const parameters: unknown[] = [workspaceId];
  const bind: ConditionContext['bind'] = (value, type) => `$${parameters.push(value)}::${type}`;
  const condition = companyCondition(query, { days, bind });
  const where = `FROM company c WHERE c.workspace_id = $1 AND ${ANY_PEOPLE} AND (${condition})`;
  return { where, bind, parameters };
}
