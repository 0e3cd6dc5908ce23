import { Injectable } from '@nestjs/common';
import type { Id } from '#domain';
import { bytes, type Transaction } from '../database.js';

/** How the activity of contacts moves a company. */
export interface CompanyMove {
  readonly workspaceId: number;
  readonly id: Id;
  /** When it was last seen, in unix seconds; null: it was not. */
  readonly seenAt: number | null;
  /** By how many its sessions are more, or less. */
  readonly sessions: number;
}

/** Companies are locked in the order in which {@link CompanyRepository.ensure} is called for those of one contact. */
const MOVE = `
  WITH moved AS MATERIALIZED (
    SELECT c.workspace_id, c.id, m.seen_at, m.sessions
    FROM unnest($1::int[], $2::bytea[], $3::float8[], $4::int[]) AS m (workspace_id, id, seen_at, sessions)
    JOIN company c ON c.workspace_id = m.workspace_id AND c.id = m.id
    WHERE m.sessions <> 0 OR c.last_request_at IS NULL OR c.last_request_at < to_timestamp(m.seen_at)
    ORDER BY c.workspace_id, c.company_id COLLATE "C" FOR NO KEY UPDATE OF c)
  UPDATE company c SET session_count = c.session_count + moved.sessions,
    last_request_at = greatest(c.last_request_at, to_timestamp(moved.seen_at))
  FROM moved WHERE c.workspace_id = moved.workspace_id AND c.id = moved.id`;

/** What companies have of their people's activity. Whoever moves it holds the contacts. */
@Injectable()
export class CompanyActivityRepository {
  /** Last seen moves forwards only. A company that is gone stays gone. */
  async move(moves: readonly CompanyMove[], tx: Transaction): Promise<void> {
    if (moves.length === 0) return;
    await tx.query(MOVE, [
      moves.map(({ workspaceId }) => workspaceId),
      moves.map(({ id }) => bytes(id)),
      moves.map(({ seenAt }) => seenAt),
      moves.map(({ sessions }) => sessions),
    ]);
  }
}
