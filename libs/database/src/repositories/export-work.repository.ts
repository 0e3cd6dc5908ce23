import { Injectable } from '@nestjs/common';
import type { Id } from '#domain';
import { bytes, Database, type Transaction } from '../database.js';
import type { ExportKey, ExportRange } from './data-export.repository.js';

/** How far an export has come: the last notification in it, in storage order. */
export interface ExportPosition {
  readonly lane: number;
  readonly id: Id;
}

/** An export that is at work. */
export interface ExportWork extends ExportKey, ExportRange {
  readonly rows: number;
  readonly position: ExportPosition;
}

/** How long a file can be fetched, in Postgres' words. */
const KEPT = '2 days';

/** Exports as they are written. */
@Injectable()
export class ExportWorkRepository {
  constructor(private readonly database: Database) {}

  /** Exports that are not done, the longest waiting first. */
  async unfinished(): Promise<Id[]> {
    const rows = await this.database.query<{ id: Id }>(
      `SELECT id FROM data_export WHERE state IN ('pending', 'in_progress') ORDER BY updated_at`,
    );
    return rows.map((row) => row.id);
  }

  /** The export, held until the transaction ends; undefined when it is done, or somebody else's. */
  async claim(id: Id, tx: Transaction): Promise<ExportWork | undefined> {
    const [row] = await tx.query<ExportWork>(
      `SELECT id, workspace_id AS "workspaceId", rows, extract(epoch FROM created_after)::float8 AS after,
              extract(epoch FROM created_before)::float8 AS before,
              jsonb_build_object('lane', after_lane, 'id', encode(after_id, 'hex')) AS position
       FROM data_export WHERE id = $1 AND state IN ('pending', 'in_progress') FOR NO KEY UPDATE SKIP LOCKED`,
      [bytes(id)],
    );
    return row;
  }

  /** Adds a piece to the file, after those that hold the rows so far. */
  async addContent({ id, rows }: ExportWork, content: Buffer, tx: Transaction): Promise<void> {
    await tx.query('INSERT INTO data_export_chunk (export_id, first_row, content) VALUES ($1, $2, $3)', [
      bytes(id),
      rows,
      content,
    ]);
  }

  /** Without a next position the export is done, and its file kept for two days. */
  async advance(
    id: Id,
    { rows, next }: { readonly rows: number; readonly next: ExportPosition | null },
    tx: Transaction,
  ): Promise<void> {
    await tx.query(
      `UPDATE data_export SET rows = rows + $2, updated_at = clock_timestamp(),
         after_lane = coalesce($3::smallint, after_lane), after_id = coalesce($4::bytea, after_id),
         state = CASE WHEN $3 IS NOT NULL THEN 'in_progress' WHEN rows + $2 = 0 THEN 'no_data' ELSE 'completed' END,
         expires_at = CASE WHEN $3 IS NULL AND rows + $2 > 0 THEN clock_timestamp() + interval '${KEPT}' END
       WHERE id = $1`,
      [bytes(id), rows, next?.lane, next && bytes(next.id)],
    );
  }

  /** Ends an export that cannot be written, and throws away what there is of it. */
  async fail(id: Id, error: string): Promise<void> {
    await this.database.query(
      `WITH failed AS (
         UPDATE data_export SET state = 'failed', error = $2, updated_at = clock_timestamp()
         WHERE id = $1 AND state IN ('pending', 'in_progress') RETURNING id)
       DELETE FROM data_export_chunk USING failed WHERE export_id = failed.id`,
      [bytes(id), error],
    );
  }

  /** Deletes files that can no longer be fetched. */
  async deleteExpired(): Promise<void> {
    await this.database.query(
      `DELETE FROM data_export_chunk USING data_export e
       WHERE export_id = e.id AND e.expires_at <= clock_timestamp()`,
    );
  }
}
