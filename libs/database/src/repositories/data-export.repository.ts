import { Injectable } from '@nestjs/common';
import type { Id } from '#domain';
import { bytes, Database } from '../database.js';

export type ExportState = 'pending' | 'in_progress' | 'completed' | 'failed' | 'no_data' | 'canceled';

/** An export as its owner sees it. `size` is that of the file in bytes, `expiresAt` in unix seconds. */
export interface DataExport {
  readonly id: Id;
  readonly state: ExportState;
  readonly size: number;
  readonly expiresAt: number | null;
  readonly expired: boolean;
}

/** What an export is of: unix seconds, both included. */
export interface ExportRange {
  readonly after: number;
  readonly before: number;
}

/** Names one export of one workspace. */
export interface ExportKey {
  readonly workspaceId: number;
  readonly id: Id;
}

const COLUMNS = `id, state, extract(epoch FROM expires_at)::float8 AS "expiresAt",
  coalesce(expires_at <= clock_timestamp(), false) AS expired,
  (SELECT coalesce(sum(octet_length(content)), 0)::bigint FROM data_export_chunk WHERE export_id = id) AS size`;

/** Exports as they are asked for and fetched. */
@Injectable()
export class DataExportRepository {
  constructor(private readonly database: Database) {}

  /** Undefined while another one of the workspace is at work. */
  async create(
    { workspaceId, id }: ExportKey,
    { after, before }: ExportRange,
  ): Promise<DataExport | undefined> {
    const [created] = await this.database.query<DataExport>(
      `INSERT INTO data_export (id, workspace_id, created_after, created_before, created_at, updated_at)
       VALUES ($1, $2, to_timestamp($3), to_timestamp($4), clock_timestamp(), clock_timestamp())
       ON CONFLICT DO NOTHING RETURNING ${COLUMNS}`,
      [bytes(id), workspaceId, after, before],
    );
    return created;
  }

  async find({ workspaceId, id }: ExportKey): Promise<DataExport | undefined> {
    const [found] = await this.database.query<DataExport>(
      `SELECT ${COLUMNS} FROM data_export WHERE id = $1 AND workspace_id = $2`,
      [bytes(id), workspaceId],
    );
    return found;
  }

  /** Ends an export that is at work, when the page underway is written. Undefined when none is at work. */
  cancel({ workspaceId, id }: ExportKey): Promise<DataExport | undefined> {
    return this.database.transaction(async (tx) => {
      const [canceled] = await tx.query<DataExport>(
        `UPDATE data_export SET state = 'canceled', updated_at = clock_timestamp()
         WHERE id = $1 AND workspace_id = $2 AND state IN ('pending', 'in_progress') RETURNING ${COLUMNS}`,
        [bytes(id), workspaceId],
      );
      if (canceled) await tx.query('DELETE FROM data_export_chunk WHERE export_id = $1', [bytes(id)]);
      return canceled;
    });
  }

  /** The file, piece by piece. */
  async *content(id: Id): AsyncGenerator<Buffer> {
    let after = -1;
    for (;;) {
      const [chunk] = await this.database.query<{ firstRow: number; content: string }>(
        `SELECT first_row AS "firstRow", content FROM data_export_chunk
         WHERE export_id = $1 AND first_row > $2 ORDER BY first_row LIMIT 1`,
        [bytes(id), after],
      );
      if (!chunk) return;
      yield Buffer.from(chunk.content, 'hex');
      after = chunk.firstRow;
    }
  }
}
