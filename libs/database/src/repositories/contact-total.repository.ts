import { Injectable } from '@nestjs/common';
import { Database } from '../database.js';
import { contactColumns } from '../filter/contact-columns.js';
import { filterSql } from '../filter/filter-sql.js';
import { Parameters } from '../filter/parameters.js';
import { isCancelled } from '../transient.js';
import { type ContactSearch, whereSql } from './contact-where.js';

/** So many matches are counted at most; beyond, their number is estimated. */
export const MAX_COUNTED = 10_000;
/** How long that may take: where an index leads to them, or where a sample says that they are few. */
const QUICK_MS = 15;
const PATIENT_MS = 100;
/** The sample is this much of the table: no larger a table is known in whole. */
const SAMPLED_PAGES = 2_000;
/** Fewer contacts of a workspace in the sample say too little about the others, and are soon counted all. */
const MIN_SAMPLE = 1_000;

export interface Total {
  readonly count: number;
  /** False for an estimate. */
  readonly exact: boolean;
}

interface Sample {
  /** How much of the table was looked at, from 0 to 1. */
  readonly share: number;
  readonly seen: number;
  readonly matched: number;
}

/** How many contacts a search finds: counted where that is quick, and else estimated. */
@Injectable()
export class ContactTotalRepository {
  constructor(private readonly database: Database) {}

  async total(search: ContactSearch): Promise<Total> {
    const quick = await this.count(search, { most: MAX_COUNTED + 1, ms: QUICK_MS });
    if (quick !== null && quick <= MAX_COUNTED) return { count: quick, exact: true };
    const sample = await this.sample(search);
    if (sample.share === 1) return { count: sample.matched, exact: true };
    if (sample.seen < MIN_SAMPLE) return { count: (await this.count(search, {})) ?? 0, exact: true };
    const guess = Math.round(sample.matched / sample.share);
    if (quick !== null || guess > 2 * MAX_COUNTED)
      return { count: Math.max(guess, quick ?? 0), exact: false };
    const patient = await this.count(search, { most: MAX_COUNTED + 1, ms: PATIENT_MS });
    return patient !== null && patient <= MAX_COUNTED
      ? { count: patient, exact: true }
      : { count: guess, exact: false };
  }

  /** Always the same pages, so that the estimate stays while a list is read. */
  private async sample(search: ContactSearch): Promise<Sample> {
    const [table] = await this.database.search<{ share: number }>(
      `SELECT least(1, $1 * current_setting('block_size')::float8 / greatest(1, pg_relation_size('contact'))) AS share`,
      [SAMPLED_PAGES],
    );
    const share = table?.share ?? 1;
    const parameters = new Parameters();
    const everybody = whereSql({ ...search, filter: null }, parameters);
    const matching = search.filter ? filterSql(search.filter, contactColumns, parameters) : 'true';
    const [sample] = await this.database.search<{ seen: number; matched: number }>(
      `SELECT count(*) AS seen, count(*) FILTER (WHERE ${matching}) AS matched FROM contact c
       TABLESAMPLE SYSTEM (${parameters.add(100 * share, 'float4')}) REPEATABLE (0) WHERE ${everybody}`,
      parameters.values,
    );
    return { share, seen: sample?.seen ?? 0, matched: sample?.matched ?? 0 };
  }

  /** Null when it takes longer than `ms`; counts no further than `most`. */
  private async count(
    search: ContactSearch,
    { most, ms }: { readonly most?: number; readonly ms?: number },
  ): Promise<number | null> {
    const parameters = new Parameters();
    const sql = `SELECT count(*) AS count FROM (SELECT FROM contact c WHERE ${whereSql(search, parameters)}
      LIMIT ${parameters.add(most ?? null, 'bigint')}) AS matching`;
    try {
      const [row] =
        ms === undefined
          ? await this.database.search<{ count: number }>(sql, parameters.values)
          : await this.database.queryOnce<{ count: number }>(sql, parameters.values, ms);
      return row?.count ?? 0;
    } catch (error) {
      if (isCancelled(error)) return null;
      throw error;
    }
  }
}
