import { Injectable } from '@nestjs/common';
import { Database, type Transaction } from '../database.js';
import { Admin } from '../entities/admin.entity.js';

/** The teammates of a workspace. */
@Injectable()
export class AdminRepository {
  constructor(private readonly database: Database) {}

  /** @param id as a client wrote it: any whole number */
  async find(
    workspaceId: number,
    id: number,
    tx: Pick<Transaction, 'query'> = this.database,
  ): Promise<Admin | undefined> {
    const [admin] = await tx.query<Admin>(
      `SELECT id, workspace_id AS "workspaceId", name, email FROM admin
       WHERE workspace_id = $1 AND id = $2::bigint`,
      [workspaceId, id],
    );
    return admin;
  }

  /** Oldest first. */
  list(workspaceId: number): Promise<Admin[]> {
    return this.database.entities.find(Admin, { where: { workspaceId }, order: { id: 'ASC' } });
  }
}
