import { Injectable } from '@nestjs/common';
import { type Id, laneOf, type Platform, type Run, type RunChanges, SESSION_IDLE } from '#domain';
import { bytes, type Transaction } from '../database.js';
import { keysOf } from './contact.repository.js';

/** A run of activity of one contact on one platform. */
export interface SessionOf extends Run {
  readonly contactId: Id;
  readonly workspaceId: number;
  readonly platform: Platform;
}

/** The span of new activity of one contact on one platform, in unix seconds. */
export interface ActivitySpan {
  readonly contactId: Id;
  readonly platform: Platform;
  readonly from: number;
  readonly to: number;
}

const COLUMNS = `s.contact_id AS "contactId", s.workspace_id AS "workspaceId", s.platform,
  extract(epoch FROM s.started_at)::float8 AS "startedAt", extract(epoch FROM s.ended_at)::float8 AS "endedAt",
  CASE WHEN s.told THEN jsonb_build_object(
    'from', extract(epoch FROM coalesce(s.told_from, s.started_at))::float8,
    'until', extract(epoch FROM coalesce(s.told_until, s.started_at))::float8) END AS told,
  ARRAY(SELECT encode(id, 'hex') FROM unnest(s.company_ids) AS id) AS "companyIds"`;

/**
 * Runs end before later ones start: none is near that is before the last that starts before the span. By OFFSET that one
 * is looked for first, so that of a contact's runs no others are read.
 */
const NEAR = `
  SELECT ${COLUMNS}
  FROM (
    SELECT a.*, (SELECT max(started_at) FROM session l WHERE l.lane = a.lane AND l.contact_id = a.contact_id
      AND l.platform = a.platform AND l.started_at <= to_timestamp(a."from" - $6)) AS since
    FROM unnest($1::smallint[], $2::bytea[], $3::text[], $4::float8[], $5::float8[])
      AS a (lane, contact_id, platform, "from", "to") OFFSET 0) AS a
  JOIN session s ON s.lane = a.lane AND s.contact_id = a.contact_id AND s.platform = a.platform
    AND s.started_at BETWEEN coalesce(a.since, '-infinity') AND to_timestamp(a."to" + $6)
    AND s.ended_at >= to_timestamp(a."from" - $6)`;

const ALL = `
  SELECT ${COLUMNS} FROM session s
  WHERE (lane, contact_id) IN (SELECT * FROM unnest($1::smallint[], $2::bytea[]))`;

const KEY = 'lane, contact_id, platform, started_at';
const VALUES = `
  SELECT lane, contact_id, platform, to_timestamp(started_at) AS started_at, workspace_id,
         to_timestamp(ended_at) AS ended_at, told_from IS NOT NULL AS told,
         to_timestamp(nullif(told_from, started_at)) AS told_from,
         to_timestamp(nullif(told_until, started_at)) AS told_until, company_ids::bytea[] AS company_ids
  FROM unnest($1::smallint[], $2::bytea[], $3::text[], $4::float8[], $5::int[], $6::float8[], $7::float8[], $8::float8[],
              $9::text[])
    AS v (lane, contact_id, platform, started_at, workspace_id, ended_at, told_from, told_until, company_ids)`;

const INSERT = `
  INSERT INTO session (${KEY}, workspace_id, ended_at, told, told_from, told_until, company_ids) ${VALUES}`;

const UPDATE = `
  UPDATE session s SET ended_at = v.ended_at, told = v.told, told_from = v.told_from,
    told_until = v.told_until, company_ids = v.company_ids
  FROM (${VALUES}) AS v WHERE s.lane = v.lane AND s.contact_id = v.contact_id AND s.platform = v.platform
    AND s.started_at = v.started_at`;

const DELETE = `
  DELETE FROM session WHERE (${KEY}) IN (
    SELECT lane, contact_id, platform, to_timestamp(started_at)
    FROM unnest($1::smallint[], $2::bytea[], $3::text[], $4::float8[]) AS v (${KEY}))`;

/** Runs of activity. The caller holds the locks of their contacts. */
@Injectable()
export class SessionRepository {
  /** The runs that new activity may touch. */
  async near(spans: readonly ActivitySpan[], tx: Transaction): Promise<SessionOf[]> {
    if (spans.length === 0) return [];
    return tx.query<SessionOf>(NEAR, [
      ...keysOf(spans.map((span) => span.contactId)),
      spans.map((span) => span.platform),
      spans.map((span) => span.from),
      spans.map((span) => span.to),
      SESSION_IDLE,
    ]);
  }

  /** All runs of these contacts. */
  async all(contactIds: readonly Id[], tx: Transaction): Promise<SessionOf[]> {
    return tx.query<SessionOf>(ALL, keysOf(contactIds));
  }

  async write({ gone, come, changed }: RunChanges<SessionOf>, tx: Transaction): Promise<void> {
    if (gone.length > 0) await tx.query(DELETE, primaryKeys(gone));
    if (changed.length > 0) await tx.query(UPDATE, columns(changed));
    if (come.length > 0) await tx.query(INSERT, columns(come));
  }
}

const primaryKeys = (sessions: readonly SessionOf[]): unknown[] => [
  sessions.map(({ contactId }) => laneOf(contactId)),
  sessions.map(({ contactId }) => bytes(contactId)),
  sessions.map(({ platform }) => platform),
  sessions.map(({ startedAt }) => startedAt),
];

const columns = (sessions: readonly SessionOf[]): unknown[] => [
  ...primaryKeys(sessions),
  sessions.map(({ workspaceId }) => workspaceId),
  sessions.map(({ endedAt }) => endedAt),
  sessions.map(({ told }) => told?.from ?? null),
  sessions.map(({ told }) => told?.until ?? null),
  sessions.map(({ companyIds }) => `{${companyIds.map((id) => `"\\\\x${id}"`).join(',')}}`),
];
