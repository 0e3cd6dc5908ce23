import { Injectable } from '@nestjs/common';
import type { Company, Position, ResolvedFilter } from '#domain';
import { Database } from '../database.js';
import { companyColumns } from '../filter/company-columns.js';
import { filterSql } from '../filter/filter-sql.js';
import { Parameters } from '../filter/parameters.js';
import { sortSql, type Stretch } from '../filter/sort-sql.js';
import { positionOf, readPage, type SortedPage, type SortedRow } from '../filter/sorted-page.js';
import { ANY_PEOPLE, peopleCounts } from './company-people.js';
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

const USER_COUNT = 'user_count';

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
    const [row] = await this.database.search<{ count: number }>(
      `SELECT count(*) AS count FROM ${companiesSql(search, parameters)}`,
      parameters.values,
    );
    return row?.count ?? 0;
  }

  private read(search: CompanySearch, page: SortedPage & Stretch): Promise<Found[]> {
    const parameters = new Parameters();
    const companies = companiesSql(search, parameters, page.sort.field);
    const column = companyColumns({ field: page.sort.field }, parameters);
    const sort = sortSql(column, { ...page, order: page.sort.order }, parameters);
    return this.database.search<Found>(
      `SELECT ${COMPANY_COLUMNS}, ${sort.value} AS sort_value FROM ${companies} AND ${sort.condition}
       ORDER BY ${sort.orderBy} LIMIT ${parameters.add(page.limit, 'int')}`,
      parameters.values,
    );
  }
}

/** What comes after FROM: their people are counted where the filter asks how many, or the sort does. */
function companiesSql({ workspaceId, filter }: CompanySearch, parameters: Parameters, sorted = ''): string {
  const workspace = parameters.add(workspaceId, 'int');
  const counted = sorted === USER_COUNT || asks(filter, USER_COUNT);
  const people = counted ? `JOIN ${peopleCounts(workspace)} ON u.company_id = c.id` : '';
  const condition = filterSql(filter, companyColumns, parameters);
  return `company c ${people} WHERE c.workspace_id = ${workspace} AND ${counted ? '' : `${ANY_PEOPLE} AND`} ${condition}`;
}

function asks(filter: ResolvedFilter, field: string): boolean {
  if ('value' in filter) return filter.value.some((node) => asks(node, field));
  return 'field' in filter.target && filter.target.field === field;
}
