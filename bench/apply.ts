import 'reflect-metadata';
import { randomBytes } from 'node:crypto';
import { NestFactory } from '@nestjs/core';
import type { INestApplicationContext } from '@nestjs/common';
import { Client } from 'pg';
import {
  ContactRepository,
  Database,
  DatabaseModule,
  InboxRepository,
  type NewInboxRow,
  SegmentRepository,
  WorkspaceRepository,
} from '#database';
import { type Contact, type Id, laneOf, makeId, parseFilter } from '#domain';
import { ApplyLanes, ApplyModule, LaneRanges } from '#pipeline';
import { configSchema, Ids, Logger, PlatformModule } from '#platform';
import { migrateQueue, QueueModule } from '#queue';
import { eventName, mixedFilters, planName } from './support/segments.js';
import { median, report } from './support/statistics.js';
import { benchDatabase } from './support/store.js';

const CONTACTS = 5_000;
const EVENTS = Number(process.env['BENCH_EVENTS'] ?? 40_000);
const NOW = Math.floor(Date.now() / 1000);

const store = await benchDatabase();
await migrateQueue(store.url);
const app = await start(store.url);
const database = app.get(Database);
const workspaceId = await app.get(WorkspaceRepository).ensureFirst('bench', '00'.repeat(32));
const contacts = await makeContacts();
let round = 0;

const floors: number[] = [];
const rates = new Map<number, number[]>([10, 100, 1_000].map((count) => [count, []]));
let segments = 0;
for (let turn = 0; turn < 3; turn++) {
  for (const [count, measured] of rates) {
    if (turn === 0 || count < segments) await reset();
    await addSegments(count);
    measured.push(await timed(product));
    floors.push(await timed(floor));
  }
}
const rate = (count: number): number => median(rates.get(count) ?? []);
report('the statements of apply alone', median(floors), { floor: median(floors) });
report('apply, 10 segments', rate(10), { floor: median(floors) });
report('apply, 100 segments', rate(100), { floor: median(floors), target: 0.5 });
report('apply, 1,000 segments', rate(1_000), { floor: median(floors) });
report('apply, 1,000 segments beside 10', rate(1_000), { floor: rate(10), target: 0.8 });
await app.close();
await store.drop();

async function start(url: string): Promise<INestApplicationContext> {
  const config = {
    ...configSchema.parse({ LOG_LEVEL: 'error' }),
    DATABASE_URL: url,
    MUSTER_SECRET_KEY: 'k'.repeat(32),
  };
  return NestFactory.createApplicationContext(
    {
      module: class Bench {},
      imports: [
        PlatformModule.forRoot(config),
        DatabaseModule,
        QueueModule.forRoot(['apply.lanes']),
        ApplyModule,
      ],
    },
    { logger: Logger.at('error') },
  );
}

async function makeContacts(): Promise<Id[]> {
  const made = Array.from({ length: CONTACTS }, (_, i): Contact => {
    return {
      id: makeId(NOW - 1000 + i / 100, randomBytes(6)),
      workspaceId,
      attributes: {
        role: 'user',
        created_at: NOW,
        updated_at: NOW,
        web_sessions: 0,
        last_seen_at: NOW - 86_400 * (i % 90),
        external_id: `u${i}`,
      },
      customAttributes: { plan: planName(i), seats: i % 100, trial: true },
      attributeTimes: {},
      archivedAt: null,
      blockedAt: null,
      sequence: 0,
      nextDueAt: null,
    };
  });
  await database.transaction((tx) => app.get(ContactRepository).insert(made, tx));
  return made.map((contact) => contact.id);
}

async function reset(): Promise<void> {
  await database.query('DELETE FROM segment');
  await database.query('TRUNCATE segment_membership');
  await database.query('UPDATE workspace SET rules_version = rules_version + 1');
  await database.query('UPDATE contact SET next_due_at = NULL');
  segments = 0;
}

async function addSegments(count: number): Promise<void> {
  for (const filter of mixedFilters(count).slice(segments)) {
    const key = { workspaceId, id: app.get(Ids).next() };
    await app
      .get(SegmentRepository)
      .create(key, { name: 's', personType: 'contact', filter: parseFilter(filter) }, NOW);
  }
  await database.query(`UPDATE segment SET backfill_state = 'done'`);
  segments = count;
}

async function timed(work: () => Promise<void>): Promise<number> {
  await database.query('TRUNCATE event, event_summary, inbox');
  await fillInbox();
  const started = performance.now();
  await work();
  const seconds = (performance.now() - started) / 1000;
  return EVENTS / seconds;
}

async function fillInbox(): Promise<void> {
  round++;
  const rows = Array.from({ length: EVENTS }, (_, i): NewInboxRow => ({
    workspaceId,
    contactId: contacts[(i * 7919) % CONTACTS] ?? '',
    update: {
      kind: 'event',
      id: app.get(Ids).next(),
      name: eventName(i),
      createdAt: NOW - EVENTS + i,
      dedupeKey: `${round}`,
      metadata: { amount: i % 100 },
    },
  }));
  for (let i = 0; i < rows.length; i += 2_000)
    await app.get(InboxRepository).append(rows.slice(i, i + 2_000));
  await database.query('VACUUM ANALYZE inbox');
}

async function product(): Promise<void> {
  const ranges = [
    ...app.get(LaneRanges, { strict: false }).of(Array.from({ length: 256 }, (_, lane) => lane)),
  ];
  await Promise.all(
    ranges.map(async (range) => {
      const left = async () =>
        (
          await database.query('SELECT FROM inbox WHERE lane BETWEEN $1 AND $2 LIMIT 1', [
            range.from,
            range.to,
          ])
        ).length;
      while ((await left()) > 0) await app.get(ApplyLanes, { strict: false }).drain(range);
    }),
  );
}

/** The statements of apply for events, with as little around them as possible. */
async function floor(): Promise<void> {
  await Promise.all([floorRange(0, 127), floorRange(128, 255)]);
}

async function floorRange(from: number, to: number): Promise<void> {
  const client = new Client({ connectionString: store.url });
  await client.connect();
  for (;;) {
    await client.query('BEGIN');
    await client.query('SELECT pg_try_advisory_xact_lock(1, $1)', [from]);
    const { rows } = await client.query<{
      contact_id: Buffer;
      payload: { id: string; name: string; createdAt: number; dedupeKey: string; metadata: object };
    }>(
      `DELETE FROM inbox WHERE (lane, id) IN (SELECT lane, id FROM inbox WHERE lane BETWEEN $1 AND $2
         ORDER BY lane, id LIMIT 1000 FOR UPDATE SKIP LOCKED) RETURNING contact_id, payload`,
      [from, to],
    );
    if (rows.length === 0) break;
    const ids = rows.map((row) => row.contact_id.toString('hex'));
    const unique = [...new Set(ids)];
    const hex = (values: string[]) => values.map((value) => `\\x${value}`);
    await client.query(
      `SELECT * FROM contact WHERE (lane, id) IN (SELECT * FROM unnest($1::smallint[], $2::bytea[])) ORDER BY id FOR NO KEY UPDATE`,
      [unique.map(laneOf), hex(unique)],
    );
    await client.query(
      `INSERT INTO event (lane, contact_id, name, created_at, dedupe_key, id, workspace_id, metadata, accepted_at)
       SELECT lane, contact_id, name, to_timestamp(created_at), dedupe_key, id, 1, metadata, now()
       FROM unnest($1::smallint[], $2::bytea[], $3::text[], $4::float8[], $5::text[], $6::bytea[], $7::jsonb[])
         AS e (lane, contact_id, name, created_at, dedupe_key, id, metadata) ON CONFLICT DO NOTHING RETURNING id`,
      [
        ids.map(laneOf),
        hex(ids),
        rows.map((row) => row.payload.name),
        rows.map((row) => row.payload.createdAt),
        rows.map((row) => row.payload.dedupeKey),
        hex(rows.map((row) => row.payload.id)),
        rows.map((row) => JSON.stringify(row.payload.metadata)),
      ],
    );
    const pairs = new Map(
      rows.map((row, i) => [`${ids[i]} ${row.payload.name}`, { id: ids[i] ?? '', name: row.payload.name }]),
    );
    const keys = [...pairs.values()];
    const pairColumns = [
      keys.map(({ id }) => laneOf(id)),
      hex(keys.map(({ id }) => id)),
      keys.map(({ name }) => name),
    ];
    await client.query(
      `SELECT s.* FROM unnest($1::smallint[], $2::bytea[], $3::text[]) AS w (lane, contact_id, name)
       JOIN event_summary s ON s.lane = w.lane AND s.contact_id = w.contact_id AND s.name = w.name`,
      pairColumns,
    );
    await client.query('SELECT * FROM workspace');
    await client.query(
      `INSERT INTO event_summary (lane, contact_id, name, workspace_id, count, first_at, last_at)
       SELECT lane, contact_id, name, 1, 1, now(), now() FROM unnest($1::smallint[], $2::bytea[], $3::text[]) AS s (lane, contact_id, name)
       ON CONFLICT (lane, contact_id, name) DO UPDATE SET count = excluded.count, first_at = excluded.first_at, last_at = excluded.last_at`,
      pairColumns,
    );
    await client.query('COMMIT');
  }
  await client.query('COMMIT');
  await client.end();
}
