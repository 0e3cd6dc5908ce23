import type { Client } from 'pg';
import { type Id, laneOf, type Update } from '#domain';

/** An update of a contact. */
export interface Bare {
  readonly id: Id;
  readonly update: Update;
}

type Of<K extends Update['kind']> = Bare & { readonly update: Extract<Update, { kind: K }> };

const isOf =
  <K extends Update['kind']>(kind: K) =>
  (bare: Bare): bare is Of<K> =>
    bare.update.kind === kind;

const hex = (ids: readonly Id[]): string[] => ids.map((id) => `\\x${id}`);
const keysOf = (bare: readonly { readonly id: Id }[]): unknown[] => [
  bare.map(({ id }) => laneOf(id)),
  hex(bare.map(({ id }) => id)),
];

/** Events and their summaries. */
export async function writeEvents(client: Client, bare: readonly Bare[]): Promise<void> {
  const events = bare.filter(isOf('event'));
  if (events.length === 0) return;
  await client.query(
    `INSERT INTO event (lane, contact_id, name, created_at, dedupe_key, id, workspace_id, metadata, accepted_at)
     SELECT lane, contact_id, name, to_timestamp(created_at), dedupe_key, id, 1, metadata, now()
     FROM unnest($1::smallint[], $2::bytea[], $3::text[], $4::float8[], $5::text[], $6::bytea[], $7::jsonb[])
       AS e (lane, contact_id, name, created_at, dedupe_key, id, metadata) ON CONFLICT DO NOTHING RETURNING id`,
    [
      ...keysOf(events),
      events.map(({ update }) => update.name),
      events.map(({ update }) => update.createdAt),
      events.map(({ update }) => update.dedupeKey),
      hex(events.map(({ update }) => update.id)),
      events.map(({ update }) => JSON.stringify(update.metadata)),
    ],
  );
  const pairs = new Map(events.map(({ id, update: { name } }) => [`${id} ${name}`, { id, name }]));
  const columns = [...keysOf([...pairs.values()]), [...pairs.values()].map(({ name }) => name)];
  await client.query(
    `SELECT s.* FROM unnest($1::smallint[], $2::bytea[], $3::text[]) AS w (lane, contact_id, name)
     JOIN event_summary s ON s.lane = w.lane AND s.contact_id = w.contact_id AND s.name = w.name`,
    columns,
  );
  await client.query(
    `INSERT INTO event_summary (lane, contact_id, name, workspace_id, count, first_at, last_at)
     SELECT lane, contact_id, name, 1, 1, now(), now() FROM unnest($1::smallint[], $2::bytea[], $3::text[]) AS s (lane, contact_id, name)
     ON CONFLICT (lane, contact_id, name) DO UPDATE SET count = excluded.count, first_at = excluded.first_at, last_at = excluded.last_at`,
    columns,
  );
}

/** Sessions, and the companies that activities are for. */
export async function writeActivities(client: Client, bare: readonly Bare[]): Promise<void> {
  const activities = bare.filter(isOf('activity'));
  if (activities.length === 0) return;
  const last = [...new Map(activities.map((one) => [one.id, one])).values()];
  const { rows } = await client.query(
    `SELECT s.* FROM unnest($1::smallint[], $2::bytea[]) AS a (lane, contact_id)
     JOIN session s ON s.lane = a.lane AND s.contact_id = a.contact_id AND s.platform = 'web'`,
    keysOf(last),
  );
  const times = new Map(last.map(({ id, update }) => [id, update.createdAt]));
  await client.query(
    `UPDATE session s SET ended_at = to_timestamp(v.ended_at)
     FROM unnest($1::smallint[], $2::bytea[], $3::timestamptz[], $4::float8[]) AS v (lane, contact_id, started_at, ended_at)
     WHERE s.lane = v.lane AND s.contact_id = v.contact_id AND s.platform = 'web' AND s.started_at = v.started_at`,
    [
      rows.map((row) => row.lane),
      rows.map((row) => row.contact_id),
      rows.map((row) => row.started_at),
      rows.map((row) => times.get(row.contact_id.toString('hex'))),
    ],
  );
  const companies = [...new Set(activities.flatMap(({ update }) => update.companyIds ?? []))].sort();
  await client.query(
    `UPDATE company c SET last_request_at = now() FROM (
       SELECT id FROM company WHERE workspace_id = 1 AND id = ANY($1::bytea[]) ORDER BY id FOR NO KEY UPDATE) AS held
     WHERE c.workspace_id = 1 AND c.id = held.id`,
    [hex(companies)],
  );
}

/** What is known of contacts, as it is after these. */
export async function writeContacts(
  client: Client,
  bare: readonly Bare[],
  known: ReadonlyMap<Id, object>,
): Promise<void> {
  const written = new Map<Id, { id: Id; attributes: object; seenAt: number | null }>();
  for (const { id, update } of bare) {
    if (update.kind !== 'activity' && update.kind !== 'attributes') continue;
    const { attributes, seenAt } = written.get(id) ?? { attributes: known.get(id), seenAt: null };
    const at = update.kind === 'activity' ? update.createdAt : seenAt;
    written.set(id, { id, attributes: { ...attributes, ...update.attributes }, seenAt: at });
  }
  const contacts = [...written.values()];
  if (contacts.length === 0) return;
  await client.query(
    `UPDATE contact c SET attributes = v.attributes, last_seen_at = coalesce(to_timestamp(v.seen_at), c.last_seen_at)
     FROM unnest($1::smallint[], $2::bytea[], $3::jsonb[], $4::float8[]) AS v (lane, id, attributes, seen_at)
     WHERE c.lane = v.lane AND c.id = v.id`,
    [
      ...keysOf(contacts),
      contacts.map(({ attributes }) => JSON.stringify(attributes)),
      contacts.map(({ seenAt }) => seenAt),
    ],
  );
}
