import { execFile } from 'node:child_process';
import { chmodSync, mkdtempSync, readFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { bytes, Database, dataSource } from '#database';
import { parseFilter, topicMatches, type Topic } from '#domain';
import {
  EmbeddedPostgres,
  removeEmbeddedPostgres,
} from '../../apps/standalone/src/postgres/embedded-postgres.js';
import { naiveTest } from '../support/naive-filter.js';
import { type ProcessName, Processes } from '../support/processes.js';
import { Receiver, verified } from '../support/receiver.js';
import { describeWithRedisServer, testRedis, type TestRedis } from '../support/redis.js';
import { waitFor } from '../support/wait-for.js';
import { Stream } from './stream.js';

const CONTACTS = Array.from({ length: 50 }, (_, i) => `user-${i}`);
const KILLS: readonly ProcessName[] = [
  'worker',
  'dispatcher',
  'api',
  'worker',
  'dispatcher',
  'worker',
  'api',
  'dispatcher',
  'worker',
  'dispatcher',
  'api',
];
const TOPICS = [['*'], ['event.created'], ['segment.*'], ['contact.*', 'segment.left'], ['*']];
const SEGMENTS = [
  { event: 'opened', measure: 'count', operator: '>=', value: 5 },
  {
    operator: 'AND',
    value: [
      { event: 'clicked', measure: 'count', operator: '>', value: 3 },
      { event: 'bought', measure: 'last', operator: 'less_than_ago', value: 30, unit: 'days' },
    ],
  },
  { field: 'custom_attributes.seats', operator: '>=', value: 25 },
  { event: 'bought', measure: 'count', operator: '<', value: 8 },
];

/** How long what was leased to a dead dispatcher may stay with it, and a retry, in milliseconds. */
const SETTLE_MS = 60_000;

interface Endpoint {
  readonly id: string;
  readonly secret: string;
  readonly topics: readonly string[];
}

describe('on the Postgres queue, with processes killed and Postgres restarted', () => {
  faults('postgres');
});

describeWithRedisServer('on Redis, flushed, killed and emptied, with processes killed', () => {
  faults('redis');
});

function faults(queue: 'postgres' | 'redis'): void {
  const dataDir = mkdtempSync(join(tmpdir(), 'muster-faults-'));
  chmodSync(dataDir, 0o755);
  let postgres = new EmbeddedPostgres({ dataDir, durable: false });
  let databaseUrl: string;
  let database: Database;
  let redis: TestRedis | undefined;
  let processes: Processes;
  let receiver: Receiver;
  let endpoints: Endpoint[];
  let segmentIds: string[];
  let stream: Stream;
  const start = Math.floor(Date.now() / 1000) - 100_000;

  const post = async <T>(path: string, body: object): Promise<T> => {
    const response = await processes.send('POST', path, body);
    if (!response.ok) throw new Error(`${path}: ${await response.text()}`);
    return (await response.json()) as T;
  };

  beforeAll(async () => {
    databaseUrl = await postgres.start();
    const source = await dataSource({ url: databaseUrl }).initialize();
    await source.runMigrations();
    database = new Database(source);
    if (queue === 'redis') redis = await testRedis();
    receiver = await Receiver.start();
    processes = await Processes.start(databaseUrl, redis?.url);
    endpoints = await Promise.all(
      TOPICS.map((topics, i) => post<Endpoint>('/endpoints', { url: `${receiver.url}${i}`, topics })),
    );
    const segments = await Promise.all(
      SEGMENTS.map((filter, i) => post<{ id: string }>('/segments', { name: `segment ${i}`, filter })),
    );
    segmentIds = segments.map(({ id }) => id);
    await Promise.all(CONTACTS.map((external_id) => post('/contacts', { external_id })));
    stream = new Stream(processes, CONTACTS, start);
    await rage();
    await processes.ready();
    await insistOnSeats();
    await stream.stop();
    await settled();
  }, 150_000);

  afterAll(async () => {
    await processes.stop();
    await receiver.stop();
    await redis?.stop();
    await database.close();
    await postgres.stop();
    removeEmbeddedPostgres(dataDir);
  });

  async function rage(): Promise<void> {
    for (const [i, name] of KILLS.entries()) {
      await processes.replace(name);
      if (i % 2 === 0) await redis?.client.flushall();
      if (i === 5) await (redis ? redis.restart() : restartPostgres());
      await pause(1_500);
    }
  }

  /** SIGQUIT is Postgres' immediate shutdown: no checkpoint, everybody cut off, recovery at the next start. */
  async function restartPostgres(): Promise<void> {
    const pid = Number(
      readFileSync(join(dataDir, 'postgres', 'data', 'postmaster.pid'), 'utf8').split('\n')[0],
    );
    process.kill(pid, 'SIGQUIT');
    await postgres.stop();
    postgres = new EmbeddedPostgres({ dataDir, durable: false, port: Number(new URL(databaseUrl).port) });
    await postgres.start();
  }

  /** Each contact is written once more, while events go on. */
  async function insistOnSeats(): Promise<void> {
    for (const [seats, contact] of CONTACTS.entries()) {
      const found = await processes.send('GET', `/contacts/find_by_external_id/${contact}`);
      const { id } = (await found.json()) as { id: string };
      const written = await processes.send('PUT', `/contacts/${id}`, { custom_attributes: { seats } });
      if (!written.ok) throw new Error(await written.text());
    }
  }

  async function settled(): Promise<void> {
    const left = async (sql: string) => (await database.query(`${sql} LIMIT 1`)).length;
    await waitFor(async () => (await left('SELECT FROM inbox')) === 0, SETTLE_MS);
    await waitFor(async () => (await left(`SELECT FROM delivery WHERE state = 'pending'`)) === 0, SETTLE_MS);
  }

  it('keeps every accepted event, once', async () => {
    const events = await database.query<{ key: string }>(
      `SELECT c.external_id || ' ' || e.name || ' ' || extract(epoch FROM e.created_at)::bigint AS key
       FROM event e JOIN contact c ON c.lane = e.lane AND c.id = e.contact_id`,
    );
    const sent = stream.ledger.map(({ contact, name, createdAt }) => `${contact} ${name} ${createdAt}`);
    expect(sent.length).toBeGreaterThan(300);
    expect(events.map(({ key }) => key).sort()).toEqual(sent.sort());
    expect(await database.query('SELECT payload, error FROM inbox_failed')).toEqual([]);
  });

  it('counts them as the ledger does', async () => {
    const rows = await database.query<{ key: string; count: number; first: number; last: number }>(
      `SELECT c.external_id || ' ' || s.name AS key, s.count, extract(epoch FROM s.first_at)::float8 AS first,
              extract(epoch FROM s.last_at)::float8 AS last
       FROM event_summary s JOIN contact c ON c.lane = s.lane AND c.id = s.contact_id`,
    );
    const kept = Object.fromEntries(rows.map(({ key, ...summary }) => [key, summary]));
    expect(kept).toEqual(Object.fromEntries(ledgerSummaries()));
  });

  it('has the members that the filters mean', async () => {
    const now = Date.now() / 1000;
    for (const [i, filter] of SEGMENTS.entries()) {
      const expected = CONTACTS.filter((contact, seats) =>
        naiveTest(
          parseFilter(filter),
          { ...subjectOf(contact), customAttributes: { seats } },
          { now, zone: 'UTC' },
        ),
      );
      const members = await database.query<{ external_id: string }>(
        `SELECT c.external_id FROM segment_membership m JOIN contact c ON c.lane = m.lane AND c.id = m.contact_id
         WHERE m.segment_id = $1`,
        [bytes(segmentIds[i] ?? '')],
      );
      expect(members.map(({ external_id }) => external_id).sort()).toEqual(expected.sort());
    }
  });

  it('numbers what it tells of a contact without gaps or repeats', async () => {
    const rows = await database.query<{ numbers: number[] }>(
      'SELECT array_agg(sequence::int ORDER BY sequence) AS numbers FROM notification GROUP BY contact_id',
    );
    expect(rows).toHaveLength(CONTACTS.length);
    for (const { numbers } of rows) expect(numbers).toEqual(numbers.map((_, i) => i + 1));
  });

  it('delivers every notification to every endpoint that asked for it, signed, repeating only what it sent', async () => {
    const notifications = await database.query<{ id: string; topic: Topic; body: string }>(
      'SELECT id, topic, body FROM notification',
    );
    const bodies = new Map(notifications.map(({ id, body }) => [id, body]));
    expect(notifications.filter(({ topic }) => topic === 'event.created')).toHaveLength(stream.ledger.length);
    for (const [i, endpoint] of endpoints.entries()) {
      const received = receiver.received.filter(({ path }) => path === `/${i}`);
      for (const request of received) {
        expect(() => verified(request, endpoint.secret)).not.toThrow();
        expect(request.body).toBe(bodies.get(request.id));
      }
      const wanted = notifications.filter(({ topic }) => topicMatches(endpoint.topics, topic));
      const ids = new Set(received.map(({ id }) => id));
      expect(wanted.filter(({ id }) => !ids.has(id))).toEqual([]);
      expect(ids.size).toBe(wanted.length);
    }
  });

  it('keeps nothing that differs from what it follows from', async () => {
    const env = { ...process.env, DATABASE_URL: databaseUrl, MUSTER_SECRET_KEY: 'a secret key for verify' };
    const { stdout } = await promisify(execFile)(process.execPath, ['dist/apps/standalone/src/verify.js'], {
      env,
    });
    expect(stdout).toMatch(/^verify: 50 contacts, \d+ facts, 0 differences$/m);
  });

  function ledgerSummaries(): Map<string, { count: number; first: number; last: number }> {
    const summaries = new Map<string, { count: number; first: number; last: number }>();
    for (const { contact, name, createdAt } of stream.ledger) {
      const { count, first, last } = summaries.get(`${contact} ${name}`) ?? {
        count: 0,
        first: createdAt,
        last: createdAt,
      };
      summaries.set(`${contact} ${name}`, {
        count: count + 1,
        first: Math.min(first, createdAt),
        last: Math.max(last, createdAt),
      });
    }
    return summaries;
  }

  function subjectOf(contact: string) {
    const mine = [...ledgerSummaries()].filter(([key]) => key.startsWith(`${contact} `));
    const events = Object.fromEntries(mine.map(([key, summary]) => [key.slice(contact.length + 1), summary]));
    return { attributes: { role: 'user', external_id: contact }, events };
  }
}
