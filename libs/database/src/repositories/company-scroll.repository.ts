import { Injectable } from '@nestjs/common';
import type { Company, Id } from '#domain';
import { bytes, Database, type Transaction } from '../database.js';
import { HAS_PEOPLE } from './company-people.js';
import { COMPANY_COLUMNS, type CompanyRow, toCompany } from './company-row.js';

/** A scroll that nobody has used for more than so many seconds is closed. */
export const SCROLL_IDLE_SECONDS = 60;

/** How many companies a step of a scroll answers with. */
export const SCROLL_STEP = 100;

/** Names one scroll of one workspace. */
export interface ScrollKey {
  readonly workspaceId: number;
  readonly id: Id;
}

const IDLE_SINCE = `to_timestamp($3::float8 - ${SCROLL_IDLE_SECONDS})`;

/** The one open scroll of a workspace over its companies, which any process may go on with. `at` is in unix seconds. */
@Injectable()
export class CompanyScrollRepository {
  constructor(private readonly database: Database) {}

  /** Opens a scroll, and answers whether it did: not while another one is open. */
  async open({ workspaceId, id }: ScrollKey, at: number): Promise<boolean> {
    const rows = await this.database.query(
      `INSERT INTO company_scroll AS s (workspace_id, id, after_id, used_at) VALUES ($1, $2, '', to_timestamp($3))
       ON CONFLICT (workspace_id) DO UPDATE SET id = excluded.id, after_id = '', used_at = excluded.used_at
       WHERE s.used_at < ${IDLE_SINCE} RETURNING s.workspace_id`,
      [workspaceId, bytes(id), at],
    );
    return rows.length > 0;
  }

  /** The next companies that have people, oldest first; undefined if the scroll is not open. With none it closes. */
  step(key: ScrollKey, at: number): Promise<Company[] | undefined> {
    return this.database.transaction(async (tx) => {
      const after = await this.take(key, at, tx);
      if (after === undefined) return undefined;
      const rows = await tx.query<CompanyRow>(
        `SELECT ${COMPANY_COLUMNS} FROM company c
         WHERE c.workspace_id = $1 AND c.id > $2 AND ${HAS_PEOPLE} ORDER BY c.id LIMIT ${SCROLL_STEP}`,
        [key.workspaceId, bytes(after)],
      );
      await this.move(key, rows.at(-1)?.id, tx);
      return rows.map(toCompany);
    });
  }

  /** After which company an open scroll goes on. It is in use until the transaction ends. */
  private async take({ workspaceId, id }: ScrollKey, at: number, tx: Transaction): Promise<Id | undefined> {
    const [row] = await tx.query<{ after: Id }>(
      `UPDATE company_scroll SET used_at = to_timestamp($3)
       WHERE workspace_id = $1 AND id = $2 AND used_at >= ${IDLE_SINCE} RETURNING after_id AS after`,
      [workspaceId, bytes(id), at],
    );
    return row?.after;
  }

  private async move({ workspaceId }: ScrollKey, after: Id | undefined, tx: Transaction): Promise<void> {
    if (after === undefined)
      await tx.query('DELETE FROM company_scroll WHERE workspace_id = $1', [workspaceId]);
    else
      await tx.query('UPDATE company_scroll SET after_id = $2 WHERE workspace_id = $1', [
        workspaceId,
        bytes(after),
      ]);
  }
}
