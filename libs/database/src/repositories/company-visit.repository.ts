import { Injectable } from '@nestjs/common';
import type { Id } from '#domain';
import { bytes, type Transaction } from '../database.js';

/** What people did for a company: how many more sessions are its own, and when it was last seen, in unix seconds. */
export interface CompanyVisit {
  readonly workspaceId: number;
  readonly companyId: Id;
  sessions: number;
  seenAt: number | null;
}

/** Companies are locked in the order of their ids, after the contacts. Last seen moves forwards only. */
const ADD = `
  WITH visit AS MATERIALIZED (
    SELECT * FROM unnest($1::int[], $2::bytea[], $3::int[], $4::float8[]) AS v (workspace_id, id, sessions, seen_at)
  ), held AS MATERIALIZED (
    SELECT workspace_id, id FROM company WHERE (workspace_id, id) IN (SELECT workspace_id, id FROM visit)
    ORDER BY id FOR NO KEY UPDATE
  )
  UPDATE company c SET session_count = c.session_count + visit.sessions,
    last_request_at = greatest(c.last_request_at, to_timestamp(visit.seen_at))
  FROM visit JOIN held USING (workspace_id, id)
  WHERE c.workspace_id = visit.workspace_id AND c.id = visit.id`;

/** What follows for companies from the sessions of their people. */
@Injectable()
export class CompanyVisitRepository {
  async add(visits: readonly CompanyVisit[], tx: Transaction): Promise<void> {
    if (visits.length === 0) return;
    await tx.query(ADD, [
      visits.map((visit) => visit.workspaceId),
      visits.map((visit) => bytes(visit.companyId)),
      visits.map((visit) => visit.sessions),
      visits.map((visit) => visit.seenAt),
    ]);
  }
}
