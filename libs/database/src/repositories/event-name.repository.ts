import { Injectable } from '@nestjs/common';
import { Database, type Transaction } from '../database.js';

/** The namespace of advisory locks under which event names are added; the second number is the workspace. */
const EVENT_NAMES_LOCK = 0x65_76_6e_74;

/** The names of events that workspaces have sent. */
@Injectable()
export class EventNameRepository {
  constructor(private readonly database: Database) {}

  async list(workspaceId: number, tx: Pick<Transaction, 'query'> = this.database): Promise<string[]> {
    const rows = await tx.query<{ name: string }>('SELECT name FROM event_name WHERE workspace_id = $1', [
      workspaceId,
    ]);
    return rows.map((row) => row.name);
  }

  /** Keeps others from adding to the workspace's names until the transaction ends: they are counted under it. */
  async lock(workspaceId: number, tx: Transaction): Promise<void> {
    await tx.query('SELECT pg_advisory_xact_lock($1, $2)', [EVENT_NAMES_LOCK, workspaceId]);
  }

  async insert(workspaceId: number, names: readonly string[], tx: Transaction): Promise<void> {
    await tx.query('INSERT INTO event_name (workspace_id, name) SELECT $1, unnest($2::text[])', [
      workspaceId,
      names,
    ]);
  }
}
