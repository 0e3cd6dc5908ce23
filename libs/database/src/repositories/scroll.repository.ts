import { Injectable } from '@nestjs/common';
import type { Id } from '#domain';
import { bytes, Database, type Transaction } from '../database.js';

/** A scroll that nobody has used for more than so many seconds is closed. */
export const SCROLL_IDLE_SECONDS = 60;

/** How many things a step of a scroll answers with. */
export const SCROLL_STEP = 100;

/** Names one scroll of one workspace. */
export interface ScrollKey {
  readonly workspaceId: number;
  readonly list: 'companies' | 'users';
  readonly id: Id;
}

/** Reads the next things after one, or the first ones, in the caller's transaction. */
export type ScrollStep<T> = (after: Id | null, tx: Transaction) => Promise<T[]>;

const IDLE_SINCE = `to_timestamp($4::float8 - ${SCROLL_IDLE_SECONDS})`;

/** The one open scroll of a workspace over each list, which any process may go on with. `at` is in unix seconds. */
@Injectable()
export class ScrollRepository {
  constructor(private readonly database: Database) {}

  /** Opens a scroll, and answers whether it did: not while another one is open. */
  async open({ workspaceId, list, id }: ScrollKey, at: number): Promise<boolean> {
    const rows = await this.database.query(
      `INSERT INTO scroll AS s (workspace_id, list, id, after_id, used_at) VALUES ($1, $2, $3, '', to_timestamp($4))
       ON CONFLICT (workspace_id, list) DO UPDATE SET id = excluded.id, after_id = '', used_at = excluded.used_at
       WHERE s.used_at < ${IDLE_SINCE} RETURNING s.workspace_id`,
      [workspaceId, list, bytes(id), at],
    );
    return rows.length > 0;
  }

  /** The next things; undefined if the scroll is not open. With none it closes. */
  step<T extends { readonly id: Id }>(
    key: ScrollKey,
    at: number,
    read: ScrollStep<T>,
  ): Promise<T[] | undefined> {
    return this.database.transaction(async (tx) => {
      const after = await this.take(key, at, tx);
      if (after === undefined) return undefined;
      const things = await read(after === '' ? null : after, tx);
      await this.move(key, things.at(-1)?.id, tx);
      return things;
    });
  }

  /** After what an open scroll goes on. It is in use until the transaction ends. */
  private async take({ workspaceId, list, id }: ScrollKey, at: number, tx: Transaction) {
    const [row] = await tx.query<{ after: Id | '' }>(
      `UPDATE scroll SET used_at = to_timestamp($4)
       WHERE workspace_id = $1 AND list = $2 AND id = $3 AND used_at >= ${IDLE_SINCE} RETURNING after_id AS after`,
      [workspaceId, list, bytes(id), at],
    );
    return row?.after;
  }

  private async move(
    { workspaceId, list }: ScrollKey,
    after: Id | undefined,
    tx: Transaction,
  ): Promise<void> {
    const key = [workspaceId, list];
    if (after === undefined) await tx.query('DELETE FROM scroll WHERE workspace_id = $1 AND list = $2', key);
    else
      await tx.query('UPDATE scroll SET after_id = $3 WHERE workspace_id = $1 AND list = $2', [
        ...key,
        bytes(after),
      ]);
  }
}
