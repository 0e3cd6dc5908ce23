import { Injectable } from '@nestjs/common';
import type { Id } from '#domain';
import { bytes, Database, type Transaction } from '../database.js';

/** A scroll that nobody has used for so many seconds is closed. */
export const SCROLL_IDLE_SECONDS = 60;

/** The one open scroll of a workspace over its companies. `at` is now, in unix seconds. */
@Injectable()
export class CompanyScrollRepository {
  constructor(private readonly database: Database) {}

  /** Opens a scroll, and answers whether it did: not while another one is open. */
  async open(workspaceId: number, id: Id, at: number): Promise<boolean> {
    const rows = await this.database.query(
      `INSERT INTO company_scroll AS s (workspace_id, id, after_id, used_at) VALUES ($1, $2, '', to_timestamp($3))
       ON CONFLICT (workspace_id) DO UPDATE SET id = excluded.id, after_id = '', used_at = excluded.used_at
       WHERE s.used_at < to_timestamp($3::float8 - ${SCROLL_IDLE_SECONDS})
       RETURNING s.workspace_id`,
      [workspaceId, bytes(id), at],
    );
    return rows.length > 0;
  }

  /** After which company the scroll goes on, locked until the transaction ends; undefined when it is not open. */
  async take(workspaceId: number, id: Id, at: number, tx: Transaction): Promise<Id | undefined> {
    const [row] = await tx.query<{ after: Id }>(
      `SELECT after_id AS after FROM company_scroll
       WHERE workspace_id = $1 AND id = $2 AND used_at >= to_timestamp($3::float8 - ${SCROLL_IDLE_SECONDS})
       FOR UPDATE`,
      [workspaceId, bytes(id), at],
    );
    return row?.after;
  }

  async move(workspaceId: number, after: Id, at: number, tx: Transaction): Promise<void> {
    await tx.query(
      'UPDATE company_scroll SET after_id = $2, used_at = to_timestamp($3) WHERE workspace_id = $1',
      [workspaceId, bytes(after), at],
    );
  }

  async close(workspaceId: number, tx: Transaction): Promise<void> {
    await tx.query('DELETE FROM company_scroll WHERE workspace_id = $1', [workspaceId]);
  }
}
