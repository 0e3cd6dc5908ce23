import { Injectable } from '@nestjs/common';
import { type Id, laneOf } from '#domain';
import { bytes, type Transaction } from '../database.js';

/** Takes what belongs to `$1, $2` (lane and id) over to `$3, $4`. Of what both have, the survivor's stays. */
const move = (table: string, columns: string) => `
  WITH gone AS (DELETE FROM ${table} WHERE lane = $1 AND contact_id = $2 RETURNING ${columns})
  INSERT INTO ${table} (lane, contact_id, ${columns}) OVERRIDING SYSTEM VALUE
  SELECT $3::smallint, $4::bytea, ${columns} FROM gone ON CONFLICT DO NOTHING`;

/** A company or a tag cannot go while ties to it move: whoever deletes it would miss them. */
const HOLD = [
  `SELECT FROM contact_company r JOIN company c ON c.workspace_id = r.workspace_id AND c.id = r.company_id
   WHERE r.lane = $1 AND r.contact_id = $2 ORDER BY c.id FOR KEY SHARE OF c`,
  `SELECT FROM contact_tag r JOIN tag t ON t.id = r.tag_id
   WHERE r.lane = $1 AND r.contact_id = $2 ORDER BY t.id FOR KEY SHARE OF t`,
];

const EVENT = 'name, created_at, dedupe_key, id, workspace_id, metadata, accepted_at';

/** One key is one event of a contact and name, at whatever time: the survivor's stays. */
const IS_NEW = `(gone.dedupe_key = '' OR NOT EXISTS (
  SELECT FROM event e WHERE e.lane = $3::smallint AND e.contact_id = $4::bytea AND e.name = gone.name
    AND e.dedupe_key = gone.dedupe_key AND e.dedupe_key <> ''))`;

/** The summaries add up, less the events that both contacts had: those are one event now. */
const EVENTS = `
  WITH gone AS (DELETE FROM event WHERE lane = $1 AND contact_id = $2 RETURNING ${EVENT}),
  kept AS (
    INSERT INTO event (lane, contact_id, ${EVENT}) SELECT $3::smallint, $4::bytea, ${EVENT} FROM gone WHERE ${IS_NEW}
    ON CONFLICT DO NOTHING RETURNING name
  ), twice AS (
    SELECT name, sum(events) AS events
    FROM (SELECT name, 1 AS events FROM gone UNION ALL SELECT name, -1 FROM kept) AS counted GROUP BY name
  ), summary AS (DELETE FROM event_summary WHERE lane = $1 AND contact_id = $2 RETURNING *)
  INSERT INTO event_summary (lane, contact_id, name, workspace_id, count, first_at, last_at, seeded)
  SELECT $3::smallint, $4::bytea, name, workspace_id, count - coalesce(twice.events, 0), first_at, last_at, seeded
  FROM summary LEFT JOIN twice USING (name)
  ON CONFLICT (lane, contact_id, name) DO UPDATE SET count = event_summary.count + excluded.count,
    first_at = least(event_summary.first_at, excluded.first_at),
    last_at = greatest(event_summary.last_at, excluded.last_at), seeded = event_summary.seeded + excluded.seeded`;

const RELATIONS = [
  EVENTS,
  move('contact_company', 'company_id, workspace_id, attached_at'),
  move('contact_tag', 'tag_id, workspace_id, applied_at, applied_by'),
  move('note', 'id, workspace_id, body, author_id, created_at'),
  move('contact_subscription', 'subscription_type_id, workspace_id, consent_type, decided_at'),
  move('attribute_change', 'id, workspace_id, key, before, after, source, admin_id, changed_at'),
  move('segment_transition', 'id, workspace_id, segment_id, entered, reason, crossed_at, noticed_at'),
  'UPDATE inbox_failed SET lane = $3, contact_id = $4 WHERE lane = $1 AND contact_id = $2',
];

/** Everything that hangs on one contact, over to another. The caller holds the locks of both. */
@Injectable()
export class MergeRepository {
  /** Events with their summaries, companies, tags, notes, subscriptions and names. Sessions are the caller's to fold. */
  async moveAll(from: Id, into: Id, tx: Transaction): Promise<void> {
    const keys = [laneOf(from), bytes(from), laneOf(into), bytes(into)];
    for (const statement of HOLD) await tx.query(statement, keys.slice(0, 2));
    for (const statement of RELATIONS) await tx.query(statement, keys);
    await tx.query('UPDATE contact_identity SET contact_id = $2 WHERE contact_id = $1', [
      bytes(from),
      bytes(into),
    ]);
  }

  /** Deletes the merged contact and leaves its id leading to the survivor, with all ids that led to it. */
  async redirect(from: Id, into: Id, tx: Transaction): Promise<void> {
    const key = [laneOf(from), bytes(from)];
    await tx.query('DELETE FROM segment_membership WHERE lane = $1 AND contact_id = $2', key);
    await tx.query('UPDATE contact_redirect SET into_id = $2 WHERE into_id = $1', [bytes(from), bytes(into)]);
    await tx.query(
      `WITH gone AS (
         DELETE FROM contact WHERE lane = $1 AND id = $2 RETURNING lane, id, workspace_id, external_id, email
       )
       INSERT INTO contact_redirect (lane, id, workspace_id, into_id, external_id, email, merged_at)
       SELECT lane, id, workspace_id, $3, external_id, email, clock_timestamp() FROM gone`,
      [...key, bytes(into)],
    );
  }
}
