import { Injectable } from '@nestjs/common';
import type { EventSummary, Id } from '#domain';
import { bytes, Database, type Transaction } from '../database.js';
import { keysOf } from './contact.repository.js';

/** An event on its way into the table. Times in unix seconds. */
export interface NewEvent {
  readonly id: Id;
  readonly workspaceId: number;
  readonly contactId: Id;
  readonly name: string;
  readonly createdAt: number;
  readonly dedupeKey: string;
  readonly metadata: Readonly<Record<string, unknown>>;
  readonly acceptedAt: number;
}

export interface SummaryOf extends EventSummary {
  readonly contactId: Id;
  readonly name: string;
}

type KeyedEvent = Pick<NewEvent, 'contactId' | 'name' | 'dedupeKey'>;

/** Older events share one partition. */
const FIRST_MONTH = Date.UTC(2020, 0);

/** Events of a month cannot be inserted before its partition is prepared, in a transaction of its own. */
export class MissingPartition extends Error {
  constructor(readonly times: readonly number[]) {
    super('The month of an event has no partition yet');
  }
}

/** Events, once each, and what they add up to by contact and name. */
@Injectable()
export class EventRepository {
  private readonly months = new Set<string>();

  constructor(private readonly database: Database) {}

  /**
   * Makes the partitions that events of these times (unix seconds) need. In a transaction of its own, beforehand: it
   * waits for those that are writing events, and must hold nothing that they want.
   */
  async preparePartitions(times: Iterable<number>): Promise<void> {
    for (const month of this.missingMonths(times)) {
      await this.database.transaction((tx) => createPartition(month, tx));
      this.months.add(month);
    }
  }

  /**
   * Records events, and answers with the ids of those that were not there yet. The caller holds the locks of their
   * contacts. Throws {@link MissingPartition} before it writes anything.
   */
  async insert(given: readonly NewEvent[], tx: Transaction): Promise<Set<Id>> {
    const events = await this.withoutTakenKeys(given, tx);
    if (events.length === 0) return new Set();
    const times = events.map((event) => event.createdAt);
    if (this.missingMonths(times).size > 0) throw new MissingPartition(times);
    const rows = await tx.query<{ id: Id }>(
      `INSERT INTO event (lane, contact_id, name, created_at, dedupe_key, id, workspace_id, metadata, accepted_at)
       SELECT lane, contact_id, name, to_timestamp(created_at), dedupe_key, id, workspace_id, metadata,
              to_timestamp(accepted_at)
       FROM unnest($1::smallint[], $2::bytea[], $3::text[], $4::float8[], $5::text[], $6::bytea[], $7::int[],
                   $8::jsonb[], $9::float8[])
         AS e (lane, contact_id, name, created_at, dedupe_key, id, workspace_id, metadata, accepted_at)
       ON CONFLICT DO NOTHING RETURNING id`,
      [
        ...keysOf(events.map((event) => event.contactId)),
        events.map((event) => event.name),
        times,
        events.map((event) => event.dedupeKey),
        events.map((event) => bytes(event.id)),
        events.map((event) => event.workspaceId),
        events.map((event) => JSON.stringify(event.metadata)),
        events.map((event) => event.acceptedAt),
      ],
    );
    return new Set(rows.map((row) => row.id));
  }

  /**
   * One key is one event of a contact and name, at whatever time, which the primary key cannot say: it has the time
   * in it. The contacts' locks keep others from recording the same key meanwhile.
   */
  private async withoutTakenKeys(events: readonly NewEvent[], tx: Transaction): Promise<readonly NewEvent[]> {
    const keyed = events.filter((event) => event.dedupeKey !== '');
    if (keyed.length === 0) return events;
    const taken = await tx.query<KeyedEvent>(
      `SELECT e.contact_id AS "contactId", e.name, e.dedupe_key AS "dedupeKey"
       FROM unnest($1::smallint[], $2::bytea[], $3::text[], $4::text[]) AS k (lane, contact_id, name, dedupe_key)
       JOIN event e ON e.lane = k.lane AND e.contact_id = k.contact_id AND e.name = k.name
         AND e.dedupe_key = k.dedupe_key AND e.dedupe_key <> ''`,
      [
        ...keysOf(keyed.map((event) => event.contactId)),
        keyed.map((event) => event.name),
        keyed.map((event) => event.dedupeKey),
      ],
    );
    const seen = new Set(taken.map(keyOf));
    return events.filter((event) => event.dedupeKey === '' || isNew(seen, keyOf(event)));
  }

  private missingMonths(times: Iterable<number>): Set<string> {
    const months = [...times].filter((at) => at * 1000 >= FIRST_MONTH).map(monthOf);
    return new Set(months.filter((month) => !this.months.has(month)));
  }

  /** The summaries of these contacts and event names that exist. */
  async summaries(
    wanted: readonly Pick<SummaryOf, 'contactId' | 'name'>[],
    tx: Transaction,
  ): Promise<SummaryOf[]> {
    if (wanted.length === 0) return [];
    return tx.query<SummaryOf>(
      `SELECT s.contact_id AS "contactId", s.name, s.count, s.seeded, extract(epoch FROM s.first_at)::float8 AS first,
              extract(epoch FROM s.last_at)::float8 AS last
       FROM unnest($1::smallint[], $2::bytea[], $3::text[]) AS w (lane, contact_id, name)
       JOIN event_summary s ON s.lane = w.lane AND s.contact_id = w.contact_id AND s.name = w.name`,
      [...keysOf(wanted.map(({ contactId }) => contactId)), wanted.map(({ name }) => name)],
    );
  }

  /** Writes summaries as they are. The caller holds the locks of their contacts. */
  async saveSummaries(
    summaries: readonly (SummaryOf & { readonly workspaceId: number })[],
    tx: Transaction,
  ): Promise<void> {
    if (summaries.length === 0) return;
    await tx.query(
      `INSERT INTO event_summary (lane, contact_id, name, workspace_id, count, first_at, last_at, seeded)
       SELECT lane, contact_id, name, workspace_id, count, to_timestamp(first), to_timestamp(last), seeded
       FROM unnest($1::smallint[], $2::bytea[], $3::text[], $4::int[], $5::bigint[], $6::float8[], $7::float8[],
                   $8::bigint[]) AS s (lane, contact_id, name, workspace_id, count, first, last, seeded)
       ON CONFLICT (lane, contact_id, name)
       DO UPDATE SET count = excluded.count, first_at = excluded.first_at, last_at = excluded.last_at,
                     seeded = excluded.seeded`,
      [
        ...keysOf(summaries.map((summary) => summary.contactId)),
        summaries.map((summary) => summary.name),
        summaries.map((summary) => summary.workspaceId),
        summaries.map((summary) => summary.count),
        summaries.map((summary) => summary.first),
        summaries.map((summary) => summary.last),
        summaries.map((summary) => summary.seeded ?? 0),
      ],
    );
  }
}

const keyOf = ({ contactId, name, dedupeKey }: KeyedEvent): string =>
  JSON.stringify([contactId, name, dedupeKey]);

function isNew(seen: Set<string>, key: string): boolean {
  const before = seen.size;
  return seen.add(key).size > before;
}

const monthOf = (at: number): string => new Date(at * 1000).toISOString().slice(0, 7);

async function createPartition(month: string, tx: Transaction): Promise<void> {
  const name = `event_${month.replace('-', '_')}`;
  await tx.query(`SELECT pg_advisory_xact_lock(hashtext('event partition'))`);
  const [found] = await tx.query('SELECT FROM pg_class WHERE relname = $1', [name]);
  if (found) return;
  const next = new Date(`${month}-01T00:00:00Z`);
  next.setUTCMonth(next.getUTCMonth() + 1);
  await tx.query(
    `CREATE TABLE ${name} PARTITION OF event
     FOR VALUES FROM ('${month}-01 00:00:00+00') TO ('${next.toISOString()}')`,
  );
}
