import { Injectable } from '@nestjs/common';
import type { AttributeValue, Contact, Position, ResolvedFilter, Sort } from '#domain';
import { Database } from '../database.js';
import { contactColumns } from '../filter/contact-columns.js';
import { filterSql } from '../filter/filter-sql.js';
import { Parameters } from '../filter/parameters.js';
import { sortSql, type Stretch, stretchesAfter } from '../filter/sort-sql.js';
import { isCancelled } from '../transient.js';
import { CONTACT_COLUMNS, type ContactRow, toContact } from './contact-row.js';

/** A search looks at this much of the table to guess how many match: in a table no larger than that it knows. */
const SAMPLED_PAGES = 2_000;
/** Fewer contacts of a workspace in the sample say too little about the others, and are soon counted all. */
const MIN_SAMPLE = 1_000;
/** So many matches are counted, if that takes no longer than this; beyond, the guess stands. */
const MAX_COUNTED = 10_000;
const MAX_COUNTING_MS = 100;

/** Whom to look for in one workspace: everybody when there is no filter. */
export interface ContactSearch {
  readonly workspaceId: number;
  readonly filter: ResolvedFilter | null;
}

export interface ContactPage {
  readonly sort: Sort;
  readonly after: Position | null;
  readonly limit: number;
}

/** A contact, and where a page that ends with it ends. */
export interface FoundContact {
  readonly contact: Contact;
  readonly position: Position;
}

export interface Total {
  readonly count: number;
  /** False for an estimate. */
  readonly exact: boolean;
}

/** Contacts by what they are, without the archived ones and mere visitors. It reads what is committed: there is no lag. */
@Injectable()
export class ContactSearchRepository {
  constructor(private readonly database: Database) {}

  /** Up to `limit` contacts, and how many there are in all. Throws parameter_invalid for a position of another sort. */
  async search(search: ContactSearch, page: ContactPage): Promise<{ found: FoundContact[]; total: Total }> {
    const total = await this.total(search);
    const few = total.exact && total.count <= MAX_COUNTED;
    return { found: await this.page(search, page, few), total };
  }

  private async page(search: ContactSearch, page: ContactPage, few: boolean): Promise<FoundContact[]> {
    const found: FoundContact[] = [];
    for (const stretch of stretchesAfter(page.after)) {
      const limit = page.limit - found.length;
      if (limit > 0) found.push(...(await this.stretch(search, { ...page, ...stretch, limit }, few)));
    }
    return found;
  }

  /**
   * Among many matches the next one is soon met on the way along the sort's index. Few are gathered and then sorted: left
   * to itself, Postgres may take them for many and walk past everybody.
   */
  private async stretch(
    search: ContactSearch,
    page: ContactPage & Stretch,
    few: boolean,
  ): Promise<FoundContact[]> {
    const parameters = new Parameters();
    const where = whereSql(search, parameters);
    const column = contactColumns({ field: page.sort.field }, parameters);
    const sort = sortSql(column, { ...page, order: page.sort.order }, parameters);
    const from = few ? 'c WHERE' : `contact c WHERE ${where} AND`;
    const rows = await this.run<ContactRow & { sort_value: AttributeValue | null }>(
      `${few ? `WITH c AS MATERIALIZED (SELECT * FROM contact c WHERE ${where})` : ''}
       SELECT ${CONTACT_COLUMNS}, ${sort.value} AS sort_value FROM ${from} ${sort.condition}
       ORDER BY ${sort.orderBy} LIMIT ${parameters.add(page.limit, 'int')}`,
      parameters,
    );
    return rows.map((row) => ({
      contact: toContact(row),
      position: { value: row.sort_value, id: row.id },
    }));
  }

  private async total(search: ContactSearch): Promise<Total> {
    const { share, seen, matched } = await this.sample(search);
    if (share === 1) return { count: matched, exact: true };
    const guess = Math.round(matched / share);
    if (guess > 2 * MAX_COUNTED) return { count: guess, exact: false };
    const isSmall = seen < MIN_SAMPLE;
    const count = await this.count(search, isSmall ? {} : { most: MAX_COUNTED + 1, ms: MAX_COUNTING_MS });
    if (count === null || (!isSmall && count > MAX_COUNTED)) return { count: guess, exact: false };
    return { count, exact: true };
  }

  /** Always the same pages, so that the guess stays while a list is read: `share` of the table. */
  private async sample(search: ContactSearch): Promise<{ share: number; seen: number; matched: number }> {
    const [table] = await this.database.query<{ share: number }>(
      `SELECT least(1, $1 * current_setting('block_size')::float8 / greatest(1, pg_relation_size('contact'))) AS share`,
      [SAMPLED_PAGES],
    );
    const share = table?.share ?? 1;
    const parameters = new Parameters();
    const everybody = whereSql({ ...search, filter: null }, parameters);
    const matching = search.filter ? filterSql(search.filter, contactColumns, parameters) : 'true';
    const [sample] = await this.run<{ seen: number; matched: number }>(
      `SELECT count(*) AS seen, count(*) FILTER (WHERE ${matching}) AS matched
       FROM contact c TABLESAMPLE SYSTEM (${parameters.add(100 * share, 'float4')}) REPEATABLE (0) WHERE ${everybody}`,
      parameters,
    );
    return { share, seen: sample?.seen ?? 0, matched: sample?.matched ?? 0 };
  }

  /** Null when it takes longer than `ms`; counts no further than `most`. */
  private async count(
    search: ContactSearch,
    { most, ms }: { readonly most?: number; readonly ms?: number },
  ): Promise<number | null> {
    const parameters = new Parameters();
    const where = whereSql(search, parameters);
    const sql = `SELECT count(*) AS count FROM (
      SELECT FROM contact c WHERE ${where} LIMIT ${parameters.add(most ?? null, 'bigint')}) AS matching`;
    try {
      const [row] = await this.run<{ count: number }>(sql, parameters, ms);
      return row?.count ?? 0;
    } catch (error) {
      if (isCancelled(error)) return null;
      throw error;
    }
  }

  /** Compiling a statement takes longer than running it, mostly. */
  private run<T>(sql: string, parameters: Parameters, timeoutMs = 0): Promise<T[]> {
    return this.database.transaction(async (tx) => {
      await tx.query(`SELECT set_config('jit', 'off', true), set_config('statement_timeout', $1, true)`, [
        `${timeoutMs}`,
      ]);
      return tx.queryOnce<T>(sql, parameters.values);
    });
  }
}

function whereSql({ workspaceId, filter }: ContactSearch, parameters: Parameters): string {
  const contacts = `c.workspace_id = ${parameters.add(workspaceId, 'int')} AND c.archived_at IS NULL AND c.role <> 'visitor'`;
  return filter ? `${contacts} AND ${filterSql(filter, contactColumns, parameters)}` : contacts;
}
