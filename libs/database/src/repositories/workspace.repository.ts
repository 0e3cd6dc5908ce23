import { Injectable } from '@nestjs/common';
import { bytes, Database, type Transaction } from '../database.js';
import { Workspace } from '../entities/workspace.entity.js';

/** A workspace as a request knows it: the internal id, the app id of the wire, and the admin who asks. */
export interface WorkspaceKey {
  readonly workspaceId: number;
  readonly appId: string;
  readonly adminId: number;
}

/** What a worker must know of a workspace; `rulesVersion` moves with every change of a segment or an endpoint. */
export interface WorkspaceSettings {
  readonly id: number;
  readonly appId: string;
  readonly timeZone: string;
  readonly rulesVersion: number;
  /** The database's clock, in unix seconds: the one that all processes share. */
  readonly now: number;
}

/** Workspaces and their access tokens. */
@Injectable()
export class WorkspaceRepository {
  constructor(private readonly database: Database) {}

  /** The workspace that a bearer token opens. @param sha256 of the token, hex */
  async findByToken(sha256: string): Promise<WorkspaceKey | undefined> {
    const rows = await this.database.query<WorkspaceKey>(
      `SELECT workspace.id AS "workspaceId", workspace.app_id AS "appId", access_token.admin_id AS "adminId"
       FROM access_token JOIN workspace ON workspace.id = access_token.workspace_id
       WHERE access_token.sha256 = $1`,
      [bytes(sha256)],
    );
    return rows[0];
  }

  /** The internal id of the workspace that has this name on the wire. */
  async findId(appId: string): Promise<number | undefined> {
    const [found] = await this.database.query<{ id: number }>('SELECT id FROM workspace WHERE app_id = $1', [
      appId,
    ]);
    return found?.id;
  }

  /**
   * Makes sure that the workspace exists, with an admin, and that the token opens it as that admin, and answers its id.
   * Safe to repeat at every start; a token that opened another workspace moves to this one.
   */
  async ensureFirst(appId: string, tokenSha256: string): Promise<number> {
    const rows = await this.database.query<{ id: number }>(
      `WITH opened AS (
         INSERT INTO workspace (app_id) VALUES ($1)
         ON CONFLICT (app_id) DO UPDATE SET app_id = excluded.app_id
         RETURNING id
       ), owner AS (
         INSERT INTO admin (workspace_id, name, email) SELECT id, 'Owner', 'owner@' || $1 || '.example' FROM opened
         ON CONFLICT (workspace_id, email) DO UPDATE SET email = excluded.email
         RETURNING id, workspace_id
       )
       INSERT INTO access_token (sha256, workspace_id, admin_id) SELECT $2, workspace_id, id FROM owner
       ON CONFLICT (sha256) DO UPDATE SET workspace_id = excluded.workspace_id, admin_id = excluded.admin_id
       RETURNING workspace_id AS id`,
      [appId, bytes(tokenSha256)],
    );
    const [owner] = rows;
    if (!owner) throw new Error('The first workspace was neither found nor created');
    return owner.id;
  }

  async findByAppId(appId: string): Promise<Workspace | undefined> {
    return (await this.database.entities.findOneBy(Workspace, { appId })) ?? undefined;
  }

  find(id: number): Promise<Workspace> {
    return this.database.entities.findOneByOrFail(Workspace, { id });
  }

  settings(
    ids: readonly number[],
    tx: Pick<Transaction, 'query'> = this.database,
  ): Promise<WorkspaceSettings[]> {
    return tx.query<WorkspaceSettings>(
      `SELECT id, app_id AS "appId", time_zone AS "timeZone", rules_version AS "rulesVersion",
              extract(epoch FROM clock_timestamp())::float8 AS now
       FROM workspace WHERE id = ANY($1)`,
      [ids],
    );
  }

  /** What the dates of a search are compared by, now: the zone of the workspace, and the clock that all share. */
  async instant(workspaceId: number): Promise<{ readonly zone: string; readonly now: number }> {
    const [settings] = await this.settings([workspaceId]);
    if (!settings) throw new Error('A token opened a workspace that is not there');
    return { zone: settings.timeZone, now: settings.now };
  }

  /** Tells workers that their compiled rules are old. Belongs into the transaction that changes a rule. */
  async bumpRules(workspaceId: number, tx: Transaction): Promise<void> {
    await tx.query('UPDATE workspace SET rules_version = rules_version + 1 WHERE id = $1', [workspaceId]);
  }
}
