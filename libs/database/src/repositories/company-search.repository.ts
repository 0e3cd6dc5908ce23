import { Injectable } from '@nestjs/common';
import type { Company, Position, ResolvedFilter } from '#domain';
import { Database } from '../database.js';
import { companyColumns } from '../filter/company-columns.js';
import { filterSql } from '../filter/filter-sql.js';
import { Parameters } from '../filter/parameters.js';
import { sortSql, type Stretch } from '../filter/sort-sql.js';
import { positionOf, readPage, type SortedPage, type SortedRow } from '../filter/sorted-page.js';
import { ANY_PEOPLE } from './company-people.js';
import { COMPANY_COLUMNS, type CompanyRow, toCompany } from './company-row.js';

/** What is searched for in one workspace. */
export interface CompanySearch {
  readonly workspaceId: number;
  readonly filter: ResolvedFilter;
}

/** A company, and where a page that ends with it ends. */
export interface FoundCompany {
  readonly company: Company;
  readonly position: Position;
}

type Found = CompanyRow & SortedRow;

/** Companies by a filter. Those without people are not found. */
@Injectable()
export class CompanySearchRepository {
  constructor(private readonly database: Database) {}

  /** Up to `limit` companies. Throws parameter_invalid for a position of another sort. */
  async search(search: CompanySearch, page: SortedPage): Promise<FoundCompany[]> {
    const rows = await readPage(page, (part) => this.read(search, part));
    return rows.map((row) => ({ company: toCompany(row), position: positionOf(row) }));
  }

  async count(search: CompanySearch): Promise<number> {
    const parameters = new Parameters();
    const [row] = await this.database.queryOnce<{ count: number }>(
      `SELECT count(*) AS count FROM company c WHERE ${whereSql(search, parameters)}`,
      parameters.values,
    );
    return row?.count ?? 0;
  }

  private read(search: CompanySearch, page: SortedPage & Stretch): Promise<Found[]> {
    const parameters = new Parameters();
    const where = whereSql(search, parameters);
    const column = companyColumns({ field: page.sort.field }, parameters);
    const sort = sortSql(column, { ...page, order: page.sort.order }, parameters);
    return this.database.queryOnce<Found>(
      `SELECT ${COMPANY_COLUMNS}, ${sort.value} AS sort_value FROM company c WHERE ${where} AND ${sort.condition}
       ORDER BY ${sort.orderBy} LIMIT ${parameters.add(page.limit, 'int')}`,
      parameters.values,
    );
  }
}

function whereSql({ workspaceId, filter }: CompanySearch, parameters: Parameters): string {
  const workspace = `c.workspace_id = ${parameters.add(workspaceId, 'int')}`;
  return `${workspace} AND ${ANY_PEOPLE} AND ${filterSql(filter, companyColumns, parameters)}`;
}
