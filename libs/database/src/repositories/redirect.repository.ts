import { Injectable } from '@nestjs/common';
import { type Id, laneOf } from '#domain';
import { bytes, Database, type Transaction } from '../database.js';
import { keysOf } from './contact.repository.js';

/** A contact that was merged into another. `mergedAt` in unix seconds. */
export interface MergedContact {
  readonly id: Id;
  readonly externalId: string | null;
  readonly email: string | null;
  readonly mergedAt: number;
}

/** Which of them: after the one at `after`, by the time at which they were merged. */
export interface MergedPage {
  readonly after?: Id | undefined;
  readonly newestFirst: boolean;
  readonly limit: number;
}

/** Where the ids of merged contacts lead: always to a contact that exists, in one step. */
@Injectable()
export class RedirectRepository {
  constructor(private readonly database: Database) {}

  /** The contacts that these ids lead to now; ids that were never merged are left out. */
  async resolve(ids: readonly Id[], tx: Transaction): Promise<Map<Id, Id>> {
    const rows = await tx.query<{ id: Id; into_id: Id }>(
      `SELECT id, into_id FROM contact_redirect
       WHERE (lane, id) IN (SELECT * FROM unnest($1::smallint[], $2::bytea[]))`,
      keysOf(ids),
    );
    return new Map(rows.map((row) => [row.id, row.into_id]));
  }

  /** The contact that this one was merged into, if it was. */
  async find(workspaceId: number, id: Id): Promise<Id | undefined> {
    const [row] = await this.database.query<{ into_id: Id }>(
      'SELECT into_id FROM contact_redirect WHERE lane = $1 AND id = $2 AND workspace_id = $3',
      [laneOf(id), bytes(id), workspaceId],
    );
    return row?.into_id;
  }

  /** The contacts that were merged into this one. */
  list(intoId: Id, { after, newestFirst, limit }: MergedPage): Promise<MergedContact[]> {
    const [order, beyond] = newestFirst ? ['DESC', '<'] : ['ASC', '>'];
    return this.database.query<MergedContact>(
      `SELECT id, external_id AS "externalId", email, extract(epoch FROM merged_at)::float8 AS "mergedAt"
       FROM contact_redirect
       WHERE into_id = $1 AND ($2::bytea IS NULL OR (merged_at, id) ${beyond} (
         SELECT merged_at, id FROM contact_redirect WHERE into_id = $1 AND id = $2))
       ORDER BY merged_at ${order}, id ${order} LIMIT $3`,
      [bytes(intoId), after ? bytes(after) : null, limit],
    );
  }
}
