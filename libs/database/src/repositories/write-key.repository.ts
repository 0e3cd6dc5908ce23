import { Injectable } from '@nestjs/common';
import type { Id } from '#domain';
import { bytes, Database } from '../database.js';
import type { WorkspaceKey } from './workspace.repository.js';

/** What opens a workspace for sending only. `createdAt` is in unix seconds. */
export interface WriteKey {
  readonly id: Id;
  readonly name: string;
  /** How the key begins. */
  readonly prefix: string;
  readonly createdAt: number;
}

/** A write key that was made just now; of the key itself the SHA-256, in hex, is kept. */
export interface NewWriteKey extends WriteKey {
  readonly workspaceId: number;
  readonly sha256: string;
}

const COLUMNS = 'id, name, prefix, extract(epoch FROM created_at)::float8 AS "createdAt"';

/** Whoever has a write key acts as nobody. */
const NO_ADMIN = 0;

/** The write keys of workspaces. */
@Injectable()
export class WriteKeyRepository {
  constructor(private readonly database: Database) {}

  async create({ id, workspaceId, name, prefix, sha256, createdAt }: NewWriteKey): Promise<void> {
    await this.database.query(
      `INSERT INTO write_key (id, workspace_id, name, prefix, sha256, created_at)
       VALUES ($1, $2, $3, $4, $5, to_timestamp($6))`,
      [bytes(id), workspaceId, name, prefix, bytes(sha256), createdAt],
    );
  }

  /** In the order in which they were made. */
  list(workspaceId: number): Promise<WriteKey[]> {
    return this.database.query<WriteKey>(
      `SELECT ${COLUMNS} FROM write_key WHERE workspace_id = $1 ORDER BY id`,
      [workspaceId],
    );
  }

  /** Answers whether it was there. */
  async remove(workspaceId: number, id: Id): Promise<boolean> {
    const rows = await this.database.query(
      'DELETE FROM write_key WHERE workspace_id = $1 AND id = $2 RETURNING id',
      [workspaceId, bytes(id)],
    );
    return rows.length > 0;
  }

  /** The workspace that a write key opens. @param sha256 of the key, hex */
  async findWorkspace(sha256: string): Promise<WorkspaceKey | undefined> {
    const [workspace] = await this.database.query<Omit<WorkspaceKey, 'adminId'>>(
      `SELECT w.id AS "workspaceId", w.app_id AS "appId"
       FROM write_key k JOIN workspace w ON w.id = k.workspace_id WHERE k.sha256 = $1`,
      [bytes(sha256)],
    );
    return workspace && { ...workspace, adminId: NO_ADMIN };
  }
}
