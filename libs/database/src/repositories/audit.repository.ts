import { Injectable } from '@nestjs/common';
import { type Contact, type EventHistory, type Id, laneOf, type Platform, type Run } from '#domain';
import { bytes, Database, type Transaction } from '../database.js';
import { CONTACT_COLUMNS, type ContactRow, toContact } from './contact-row.js';
import { keysOf } from './contact.repository.js';

/** All that is kept of a contact, and all that it follows from. `pending`: an update is still to be applied. */
export interface AuditedContact {
  readonly contact: Contact;
  readonly pending: boolean;
  /** What the recorded events add up to. */
  readonly events: readonly EventHistory[];
  readonly summaries: readonly (EventHistory & { readonly seeded: number })[];
  readonly sessions: readonly (Run & { readonly platform: Platform })[];
  readonly segmentIds: readonly Id[];
}

/** Something kept that is not what it follows from. */
export interface Difference {
  /** Of whom or of what: `contact 65…`, `company acme`. */
  readonly of: string;
  readonly what: string;
  readonly stored: unknown;
  readonly found: unknown;
}

const MINE = '(lane, contact_id) IN (SELECT * FROM unnest($1::smallint[], $2::bytea[]))';
const PAGE =
  'SELECT lane, id FROM contact WHERE (lane, id) > ($1::smallint, $2::bytea) ORDER BY lane, id LIMIT $3';
const list = (items: string, table: string) =>
  `(SELECT coalesce(jsonb_agg(jsonb_build_object(${items})), '[]') FROM ${table} t
    WHERE t.lane = c.lane AND t.contact_id = c.id)`;
const seconds = (column: string) => `extract(epoch FROM t.${column})::float8`;

/** Everything about contacts in one statement, so that it is of one moment. */
const AUDITED = `
  SELECT ${CONTACT_COLUMNS},
    EXISTS (SELECT FROM inbox WHERE inbox.lane = c.lane AND inbox.contact_id = c.id) AS pending,
    (SELECT coalesce(jsonb_agg(e), '[]') FROM (
       SELECT name, count(*), extract(epoch FROM min(created_at))::float8 AS first,
              extract(epoch FROM max(created_at))::float8 AS last
       FROM event WHERE event.lane = c.lane AND event.contact_id = c.id GROUP BY name) AS e) AS events,
    ${list(`'name', name, 'count', count, 'first', ${seconds('first_at')}, 'last', ${seconds('last_at')}, 'seeded', seeded`, 'event_summary')} AS summaries,
    ${list(`'platform', platform, 'startedAt', ${seconds('started_at')}, 'endedAt', ${seconds('ended_at')}, 'told', told, 'companyIds', '[]'::jsonb`, 'session')} AS sessions,
    (SELECT coalesce(array_agg(encode(segment_id, 'hex')), '{}') FROM segment_membership m
     WHERE m.lane = c.lane AND m.contact_id = c.id) AS "segmentIds"
  FROM contact c`;

/** The two names that a contact has alone lead to it, and lead nowhere else. */
const IDENTITIES = `
  SELECT 'contact ' || encode(coalesce(n.id, i.contact_id), 'hex') AS of, coalesce(n.kind, i.kind) AS what,
         i.value AS stored, n.value AS found
  FROM (SELECT id, workspace_id, 'external_id' AS kind, external_id AS value FROM contact WHERE external_id IS NOT NULL
        UNION ALL SELECT id, workspace_id, 'anonymous_id', attributes ->> 'anonymous_id' FROM contact
        WHERE attributes ? 'anonymous_id') AS n
  FULL JOIN contact_identity i ON i.kind = n.kind AND i.value = n.value AND i.workspace_id = n.workspace_id
    AND i.contact_id = n.id
  WHERE n.id IS NULL AND i.kind = 'external_id' OR i.contact_id IS NULL LIMIT $1`;

const REDIRECTS = `
  SELECT 'contact ' || encode(r.id, 'hex') AS of, 'leads to' AS what, encode(r.into_id, 'hex') AS stored, NULL AS found
  FROM contact_redirect r LEFT JOIN contact c ON c.lane = get_byte(r.into_id, 11) AND c.id = r.into_id
  WHERE c.id IS NULL LIMIT $1`;

/** Every number up to the last was given to one notification. */
const SEQUENCES = `
  SELECT 'contact ' || encode(c.id, 'hex') AS of, 'sequence' AS what, c.sequence AS stored,
         n.numbers || ' numbers up to ' || n.last AS found
  FROM (SELECT lane, contact_id, count(DISTINCT sequence) AS numbers, max(sequence) AS last
        FROM notification WHERE contact_id IS NOT NULL AND sequence IS NOT NULL GROUP BY lane, contact_id) AS n
  JOIN contact c ON c.lane = n.lane AND c.id = n.contact_id
  WHERE n.last <> c.sequence OR n.numbers <> n.last LIMIT $1`;

/** A company has the sessions on the web whose first activity was for it. */
const COMPANIES = `
  SELECT 'company ' || c.company_id AS of, 'session_count' AS what, c.session_count AS stored, coalesce(s.sessions, 0) AS found
  FROM company c LEFT JOIN (
    SELECT workspace_id, id, count(*) AS sessions FROM session, unnest(company_ids) AS id
    WHERE platform = 'web' GROUP BY workspace_id, id) AS s USING (workspace_id, id)
  WHERE c.session_count <> coalesce(s.sessions, 0) LIMIT $1`;

const SETS = [IDENTITIES, REDIRECTS, SEQUENCES, COMPANIES];

/** Reads what is kept beside what it follows from. Changes nothing. */
@Injectable()
export class AuditRepository {
  constructor(private readonly database: Database) {}

  /** The next contacts after `after` in storage order, and the database's time, in unix seconds. */
  async page(after: Id | null, limit: number, tx: Transaction): Promise<AuditedContact[]> {
    const place = [after ? laneOf(after) : -1, bytes(after ?? ''), limit];
    return audited(
      await tx.query(`${AUDITED} JOIN (${PAGE}) AS p USING (lane, id) ORDER BY lane, id`, place),
    );
  }

  /** The same for these contacts, those that still exist. */
  async these(ids: readonly Id[], tx: Transaction): Promise<AuditedContact[]> {
    return audited(await tx.query(`${AUDITED} WHERE ${MINE.replace('contact_id', 'id')}`, keysOf(ids)));
  }

  /** Differences among all contacts together: names, redirects, numbers of notifications, sessions of companies; of each up to `limit`. */
  async differences(limit: number): Promise<Difference[]> {
    const found: Difference[] = [];
    for (const statement of SETS) found.push(...(await this.database.query<Difference>(statement, [limit])));
    return found;
  }

  /** Segments of which some contact was never asked: their members are not known yet. */
  async unfilledSegments(tx: Transaction): Promise<Set<Id>> {
    const rows = await tx.query<{ id: Id }>(
      `SELECT id FROM segment WHERE deleted_at IS NULL AND backfill_state <> 'done'`,
    );
    return new Set(rows.map((row) => row.id));
  }
}

type AuditedRow = ContactRow & Omit<AuditedContact, 'contact'>;

const audited = (rows: unknown[]): AuditedContact[] =>
  (rows as AuditedRow[]).map((row) => {
    const { pending, events, summaries, sessions, segmentIds } = row;
    return { contact: toContact(row), pending, events, summaries, sessions, segmentIds };
  });
