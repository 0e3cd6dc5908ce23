import { Injectable } from '@nestjs/common';
import type { Id } from '#domain';
import { bytes, Database, type Transaction } from '../database.js';
import type { PersonType } from '../entities/segment.entity.js';

/** A segment whose members are being worked out, and how far that has come. */
export interface Backfill {
  readonly segmentId: Id;
  readonly workspaceId: number;
  readonly timeZone: string;
  readonly personType: PersonType;
  readonly filter: object;
  /** The last contact that was looked at, in storage order. */
  readonly after: Id | null;
  /** False until its contacts are counted. */
  readonly started: boolean;
  /** The database's clock, in unix seconds. */
  readonly now: number;
}

/** How far the back-fill of each segment has come. */
@Injectable()
export class BackfillRepository {
  constructor(private readonly database: Database) {}

  /** Segments that are not done, the longest waiting first. */
  async unfinished(): Promise<Id[]> {
    const rows = await this.database.query<{ id: Id }>(
      `SELECT id FROM segment WHERE backfill_state <> 'done' AND deleted_at IS NULL ORDER BY updated_at`,
    );
    return rows.map((row) => row.id);
  }

  /**
   * Deletes up to so many memberships of removed segments, save those that somebody is writing to, and answers with how
   * many. One may be written, too, by a batch that began before the removal: so this is to be called again and again,
   * at the cost of a look into an index for each removed segment.
   */
  async emptyRemoved(limit: number): Promise<number> {
    const rows = await this.database.query(
      `DELETE FROM segment_membership WHERE (lane, contact_id, segment_id) IN (
         SELECT m.lane, m.contact_id, m.segment_id FROM segment s CROSS JOIN LATERAL (
           SELECT lane, contact_id, segment_id FROM segment_membership WHERE segment_id = s.id
           LIMIT $1 FOR UPDATE SKIP LOCKED) AS m
         WHERE s.deleted_at IS NOT NULL LIMIT $1)
       RETURNING lane`,
      [limit],
    );
    return rows.length;
  }

  /** The segment's back-fill, held until the transaction ends; undefined when it is done, or somebody else's. */
  async claim(segmentId: Id, tx: Transaction): Promise<Backfill | undefined> {
    const [row] = await tx.query<Backfill>(
      `SELECT s.id AS "segmentId", s.workspace_id AS "workspaceId", w.time_zone AS "timeZone",
              s.person_type AS "personType", s.filter, s.backfill_after AS "after",
              s.backfill_state = 'running' AS started,
              extract(epoch FROM clock_timestamp())::float8 AS now
       FROM segment s JOIN workspace w ON w.id = s.workspace_id
       WHERE s.id = $1 AND s.backfill_state <> 'done' AND s.deleted_at IS NULL
       FOR NO KEY UPDATE OF s SKIP LOCKED`,
      [bytes(segmentId)],
    );
    return row;
  }

  async start({ segmentId, workspaceId }: Backfill, tx: Transaction): Promise<void> {
    await tx.query(
      `UPDATE segment SET backfill_state = 'running', backfill_done = 0,
         backfill_total = (SELECT count(*) FROM contact WHERE workspace_id = $2)
       WHERE id = $1`,
      [bytes(segmentId), workspaceId],
    );
  }

  /** @param page the contacts that were looked at; none ends the back-fill, which then names no contact any more */
  async advance(segmentId: Id, page: readonly Id[], tx: Transaction): Promise<void> {
    const last = page.at(-1);
    await tx.query(
      `UPDATE segment SET backfill_done = backfill_done + $2, backfill_after = $3,
         backfill_total = greatest(backfill_total, backfill_done + $2),
         backfill_state = CASE WHEN $2 = 0 THEN 'done' ELSE 'running' END
       WHERE id = $1`,
      [bytes(segmentId), page.length, last ? bytes(last) : null],
    );
  }
}
