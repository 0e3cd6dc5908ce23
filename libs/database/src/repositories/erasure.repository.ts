import { Injectable } from '@nestjs/common';
import type { Id } from '#domain';
import { bytes, type Transaction } from '../database.js';
import { keysOf } from './contact.repository.js';

const OWNED = [
  'event',
  'event_summary',
  'session',
  'segment_membership',
  'contact_company',
  'contact_tag',
  'note',
  'contact_subscription',
  'attribute_change',
  'segment_transition',
  'inbox_failed',
];

const of = (columns: string) => `(${columns}) IN (SELECT * FROM unnest($1::smallint[], $2::bytea[]))`;

/** The sessions of whoever is erased were those of its companies too. */
const FORGET_VISITS = `
  WITH gone AS MATERIALIZED (
    SELECT workspace_id, company_id AS id, count(*) AS sessions FROM session, unnest(company_ids) AS company_id
    WHERE platform = 'web' AND ${of('lane, contact_id')} GROUP BY workspace_id, company_id
  ), held AS MATERIALIZED (
    SELECT workspace_id, id FROM company WHERE (workspace_id, id) IN (SELECT workspace_id, id FROM gone)
    ORDER BY id FOR NO KEY UPDATE
  )
  UPDATE company c SET session_count = c.session_count - gone.sessions
  FROM gone JOIN held USING (workspace_id, id) WHERE c.workspace_id = gone.workspace_id AND c.id = gone.id`;

/** In the order in which outcomes are written, so that the two never wait for each other. */
const HOLD_DELIVERIES = `
  SELECT FROM delivery WHERE notification_id IN (SELECT id FROM notification WHERE ${of('lane, contact_id')})
  ORDER BY endpoint_id, id FOR UPDATE`;

/** What was not sent yet never is; of what was sent, the answers may quote it. */
const FORGET_DELIVERIES = `
  WITH mine AS (
    SELECT endpoint_id, id, state FROM delivery
    WHERE notification_id IN (SELECT id FROM notification WHERE ${of('lane, contact_id')})
  ), unsent AS (
    DELETE FROM delivery USING mine
    WHERE mine.state = 'pending' AND delivery.endpoint_id = mine.endpoint_id AND delivery.id = mine.id
  ), attempts AS (
    DELETE FROM delivery_attempt USING mine
    WHERE mine.state = 'pending' AND delivery_attempt.endpoint_id = mine.endpoint_id
      AND delivery_attempt.delivery_id = mine.id
  )
  UPDATE delivery_attempt SET response = NULL FROM mine
  WHERE mine.state <> 'pending' AND delivery_attempt.endpoint_id = mine.endpoint_id
    AND delivery_attempt.delivery_id = mine.id`;

const FORGET_UNSENT = `
  DELETE FROM notification WHERE ${of('lane, contact_id')}
    AND NOT EXISTS (SELECT FROM delivery WHERE delivery.notification_id = notification.id)`;

/** What a delivery refers to stays, without what it said and of whom. */
const REDACT_SENT = `
  UPDATE notification SET contact_id = NULL, sequence = NULL,
    body = json_build_object('type', topic, 'id', encode(id, 'hex'), 'erased', true)::text
  WHERE ${of('lane, contact_id')}`;

/** Who scrolls goes on from the same time and lane, which name nobody. */
const FORGET_PLACE = `
  UPDATE scroll SET after_id = substring(after_id FROM 1 FOR 6) || '\\x0000000000'::bytea || substring(after_id FROM 12)
  WHERE list = 'users' AND after_id IN (SELECT id FROM unnest($1::smallint[], $2::bytea[]) AS k (lane, id))`;

/** Rows that apply is working on are its to forget: waiting for them would be waiting for each other. */
const FORGET_INBOX = `
  DELETE FROM inbox WHERE (lane, id) IN (
    SELECT lane, id FROM inbox WHERE ${of('lane, contact_id')} FOR UPDATE SKIP LOCKED)`;

/** Removes every trace of a contact. */
@Injectable()
export class ErasureRepository {
  /** @param id held by the caller's transaction. Answers with the ids of those that were merged into it, erased too. */
  async erase(id: Id, tx: Transaction): Promise<Id[]> {
    const redirects = await tx.query<{ id: Id }>(
      'DELETE FROM contact_redirect WHERE into_id = $1 RETURNING id',
      [bytes(id)],
    );
    const merged = redirects.map((row) => row.id);
    const keys = keysOf([id, ...merged]);
    await tx.query(FORGET_VISITS, keys);
    for (const table of OWNED) await tx.query(`DELETE FROM ${table} WHERE ${of('lane, contact_id')}`, keys);
    for (const statement of [
      HOLD_DELIVERIES,
      FORGET_DELIVERIES,
      FORGET_UNSENT,
      REDACT_SENT,
      FORGET_PLACE,
      FORGET_INBOX,
    ])
      await tx.query(statement, keys);
    await tx.query('DELETE FROM contact_identity WHERE contact_id = $1', [bytes(id)]);
    await tx.query(`DELETE FROM contact WHERE ${of('lane, id')}`, keys);
    return merged;
  }
}
