import { Injectable } from '@nestjs/common';
import { type Id, type Platform, type Run, SESSION_IDLE } from '#domain';
import type { Transaction } from '../database.js';
import { keysOf } from './contact.repository.js';

/** A run of activity of one contact on one platform. */
export interface SessionOf extends Run {
  readonly contactId: Id;
  readonly platform: Platform;
}

/** The span of new activity of one contact on one platform, in unix seconds. */
export interface ActivitySpan {
  readonly contactId: Id;
  readonly platform: Platform;
  readonly from: number;
  readonly to: number;
}

interface SessionRow {
  readonly contact_id: Id;
  readonly platform: Platform;
  readonly started_at: number;
  readonly ended_at: number;
  readonly told: boolean;
  readonly company_ids: Id[];
}

/** Runs of activity. The caller holds the locks of their contacts. */
@Injectable()
export class SessionRepository {
  /** The runs that new activity may touch. */
  async near(spans: readonly ActivitySpan[], tx: Transaction): Promise<SessionOf[]> {
    if (spans.length === 0) return [];
    const rows = await tx.query<SessionRow>(
      `SELECT s.contact_id, s.platform, extract(epoch FROM s.started_at)::float8 AS started_at,
              extract(epoch FROM s.ended_at)::float8 AS ended_at, s.told,
              ARRAY(SELECT encode(c, 'hex') FROM unnest(s.company_ids) AS c) AS company_ids
       FROM unnest($1::smallint[], $2::bytea[], $3::text[], $4::float8[], $5::float8[])
         AS a (lane, contact_id, platform, "from", "to")
       JOIN session s ON s.lane = a.lane AND s.contact_id = a.contact_id AND s.platform = a.platform
        AND s.started_at <= to_timestamp(a."to" + $6) AND s.ended_at >= to_timestamp(a."from" - $6)`,
      [
        ...keysOf(spans.map((span) => span.contactId)),
        spans.map((span) => span.platform),
        spans.map((span) => span.from),
        spans.map((span) => span.to),
        SESSION_IDLE,
      ],
    );
    return rows.map((row) => ({
      contactId: row.contact_id,
      platform: row.platform,
      startedAt: row.started_at,
      endedAt: row.ended_at,
      told: row.told,
      companyIds: row.company_ids,
    }));
  }

  async delete(sessions: readonly SessionOf[], tx: Transaction): Promise<void> {
    if (sessions.length === 0) return;
    await tx.query(
      `DELETE FROM session WHERE (lane, contact_id, platform, started_at) IN (
         SELECT lane, contact_id, platform, to_timestamp(started_at)
         FROM unnest($1::smallint[], $2::bytea[], $3::text[], $4::float8[])
           AS s (lane, contact_id, platform, started_at))`,
      [
        ...keysOf(sessions.map((session) => session.contactId)),
        sessions.map((session) => session.platform),
        sessions.map((session) => session.startedAt),
      ],
    );
  }

  async insert(
    sessions: readonly (SessionOf & { readonly workspaceId: number })[],
    tx: Transaction,
  ): Promise<void> {
    if (sessions.length === 0) return;
    await tx.query(
      `INSERT INTO session (lane, contact_id, platform, started_at, ended_at, told, company_ids, workspace_id)
       SELECT lane, contact_id, platform, to_timestamp(started_at), to_timestamp(ended_at), told,
              ARRAY(SELECT decode(id, 'hex') FROM string_to_table(company_ids, ' ') AS id WHERE id <> ''), workspace_id
       FROM unnest($1::smallint[], $2::bytea[], $3::text[], $4::float8[], $5::float8[], $6::bool[], $7::text[],
                   $8::int[])
         AS s (lane, contact_id, platform, started_at, ended_at, told, company_ids, workspace_id)`,
      [
        ...keysOf(sessions.map((session) => session.contactId)),
        sessions.map((session) => session.platform),
        sessions.map((session) => session.startedAt),
        sessions.map((session) => session.endedAt),
        sessions.map((session) => session.told),
        sessions.map((session) => session.companyIds.join(' ')),
        sessions.map((session) => session.workspaceId),
      ],
    );
  }
}
