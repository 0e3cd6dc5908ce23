import { Injectable } from '@nestjs/common';
import { type ContactReference, type Id, laneOf, type Update, type WrittenUpdate } from '#domain';
import { bytes, Database, jsonArray, type Transaction } from '../database.js';

/** An update on its way into the inbox. `reference` is how the client named the contact. */
export interface NewInboxRow {
  readonly workspaceId: number;
  readonly contactId: Id;
  readonly update: Update;
  readonly reference?: ContactReference | undefined;
}

/** An accepted update. `acceptedAt` in unix seconds. */
export interface InboxRow {
  readonly lane: number;
  readonly id: number;
  readonly workspaceId: number;
  readonly contactId: Id;
  readonly update: Update;
  readonly acceptedAt: number;
}

export interface Lanes {
  readonly from: number;
  readonly to: number;
}

/** The first namespace of advisory locks that apply takes; the second says which range of lanes. */
const APPLY_LOCK = 0x61_70_70_6c;

const TAKEN = `RETURNING lane, id, workspace_id AS "workspaceId", contact_id AS "contactId", payload AS "update",
  extract(epoch FROM accepted_at)::float8 AS "acceptedAt"`;

/** Where accepted updates wait to be applied. An update is accepted when its row is committed, and not before. */
@Injectable()
export class InboxRepository {
  constructor(private readonly database: Database) {}

  /** Appends rows in their order, in one statement. Inside a transaction they are accepted when it commits. */
  async append(rows: readonly NewInboxRow[], tx: Pick<Transaction, 'query'> = this.database): Promise<void> {
    if (rows.length === 0) return;
    await tx.query(
      `INSERT INTO inbox (lane, workspace_id, contact_id, kind, payload)
       SELECT get_byte(contact_id, 11), workspace_id, contact_id, payload ->> 'kind', payload
       FROM unnest($1::int[], $2::bytea[], $3::jsonb[]) AS r (workspace_id, contact_id, payload)`,
      [
        rows.map((row) => row.workspaceId),
        rows.map((row) => bytes(row.contactId)),
        jsonArray(rows.map(({ update, reference }) => (reference ? { ...update, reference } : update))),
      ],
    );
  }

  /**
   * Takes up to `limit` rows out of `lanes`, oldest first within each; none while another transaction has taken of the
   * same `range`. They are back if the transaction fails.
   */
  async take(
    range: Lanes,
    lanes: Lanes,
    { limit, tx }: { readonly limit: number; readonly tx: Transaction },
  ): Promise<InboxRow[]> {
    const rows = await tx.query<InboxRow>(
      `WITH lock AS MATERIALIZED (SELECT pg_try_advisory_xact_lock($1, $2) AS taken)
       DELETE FROM inbox WHERE (SELECT taken FROM lock) AND (lane, id) IN (
         SELECT lane, id FROM inbox WHERE (SELECT taken FROM lock) AND lane BETWEEN $3 AND $4
         ORDER BY lane, id LIMIT $5 FOR UPDATE SKIP LOCKED) ${TAKEN}`,
      [APPLY_LOCK, range.from * 256 + range.to, lanes.from, lanes.to, limit],
    );
    return rows.sort((a, b) => a.lane - b.lane || a.id - b.id);
  }

  /** Takes these rows out, if they are still there. */
  async takeThese(rows: readonly Pick<InboxRow, 'lane' | 'id'>[], tx: Transaction): Promise<InboxRow[]> {
    const taken = await tx.query<InboxRow>(
      `DELETE FROM inbox WHERE (lane, id) IN (SELECT * FROM unnest($1::smallint[], $2::bigint[])) ${TAKEN}`,
      [rows.map((row) => row.lane), rows.map((row) => row.id)],
    );
    return taken.sort((a, b) => a.lane - b.lane || a.id - b.id);
  }

  /** Writes of these contacts that are not applied yet, the latest first. */
  async pendingWrites(
    ids: readonly Id[],
    tx: Transaction,
  ): Promise<{ contactId: Id; update: WrittenUpdate }[]> {
    return tx.query(
      `SELECT contact_id AS "contactId", payload AS "update" FROM inbox
       WHERE lane = ANY($1) AND contact_id = ANY($2::bytea[]) AND kind = 'written' ORDER BY id DESC`,
      [[...new Set(ids.map(laneOf))], ids.map(bytes)],
    );
  }

  /** Sets rows aside that cannot be applied, each with the reason. */
  async setAside(
    failures: readonly { readonly row: InboxRow; readonly error: string }[],
    tx: Transaction,
  ): Promise<void> {
    if (failures.length === 0) return;
    const rows = failures.map((failure) => failure.row);
    await tx.query(
      `INSERT INTO inbox_failed (lane, id, workspace_id, contact_id, kind, payload, accepted_at, error)
       SELECT lane, id, workspace_id, contact_id, kind, payload, to_timestamp(accepted_at), error
       FROM unnest($1::smallint[], $2::bigint[], $3::int[], $4::bytea[], $5::text[], $6::jsonb[], $7::float8[],
                   $8::text[]) AS f (lane, id, workspace_id, contact_id, kind, payload, accepted_at, error)`,
      [
        rows.map((row) => row.lane),
        rows.map((row) => row.id),
        rows.map((row) => row.workspaceId),
        rows.map((row) => bytes(row.contactId)),
        rows.map((row) => row.update.kind),
        rows.map((row) => JSON.stringify(row.update)),
        rows.map((row) => row.acceptedAt),
        failures.map((failure) => failure.error),
      ],
    );
  }

  /** How long the oldest row of each lane that has any has waited, in seconds. Looks at one row a lane. */
  async waiting(): Promise<{ lane: number; seconds: number }[]> {
    return this.database.query(
      `SELECT l.lane, extract(epoch FROM clock_timestamp() - head.accepted_at)::float8 AS seconds
       FROM generate_series(0, 255) AS l (lane)
       CROSS JOIN LATERAL (
         SELECT accepted_at FROM inbox WHERE inbox.lane = l.lane::smallint ORDER BY id LIMIT 1) AS head`,
    );
  }
}
