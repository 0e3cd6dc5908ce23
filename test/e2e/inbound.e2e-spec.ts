import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { Queue } from 'bullmq';
import { testDatabase, type TestDatabase } from '../support/database.js';
import { Processes } from '../support/processes.js';
import { Proxy } from '../support/proxy.js';
import { describeWithRedis, testRedis, type TestRedis } from '../support/redis.js';
import { serviceQueue } from '../support/service-queue.js';
import { waitFor } from '../support/wait-for.js';

const AT = 1_700_000_000;
const JOBS = 1_000;

/** A worker is killed after so many of them. */
const LIFE = 250;

/** A dead worker's job is locked for 10 s, and found within 10 s more. */
const TAKEN_AGAIN_MS = 40_000;

describe('the inbound queue on postgres, through deaths and outages', () => {
  loses('postgres');
});

describeWithRedis('the inbound queue on redis, through deaths and outages', () => {
  loses('redis');
});

function loses(kind: 'postgres' | 'redis'): void {
  let store: TestDatabase;
  let redis: TestRedis | undefined;
  let proxy: Proxy;
  let processes: Processes;
  let queue: Queue;

  beforeAll(async () => {
    store = await testDatabase();
    if (kind === 'redis') redis = await testRedis();
    proxy = await Proxy.to(store.url);
    processes = await Processes.start(proxy.url, redis?.url);
    queue = serviceQueue(store.url, redis?.url);
    await processes.send('POST', '/contacts', { external_id: 'ada' });
  }, 60_000);

  afterAll(async () => {
    await queue.close();
    await processes.stop();
    await proxy.cut();
    await redis?.stop();
    await store.drop();
  });

  const sale = (event_name: string, number: number) => ({
    name: 'sale',
    data: {
      app_id: 'demo',
      type: 'event',
      user_id: 'ada',
      event_name,
      created_at: AT,
      metadata: { number },
    },
  });

  /** The numbers of the events of this name, once no job is left. */
  async function taken(name: string): Promise<number[]> {
    const left = () => queue.getJobCountByTypes('waiting', 'active', 'delayed', 'failed');
    await waitFor(async () => (await left()) === 0, TAKEN_AGAIN_MS);
    await waitFor(async () => (await store.database.query('SELECT FROM inbox LIMIT 1')).length === 0);
    const events = await store.database.query<{ number: number }>(
      `SELECT (metadata->>'number')::int AS number FROM event WHERE name = $1 ORDER BY 1`,
      [name],
    );
    return events.map(({ number }) => number);
  }

  it('loses no event and takes none twice', async () => {
    const numbers = Array.from({ length: JOBS }, (_, number) => number);
    for (let i = 0; i < JOBS; i += LIFE) {
      const adding = queue.addBulk(numbers.slice(i, i + LIFE).map((n) => sale('sold', n)));
      await waitFor(async () => (await queue.getActiveCount()) > 0);
      await processes.replace('worker');
      await adding;
    }
    expect(await taken('sold')).toEqual(numbers);
  }, 90_000);

  it('waits for the database while that is away', async () => {
    await proxy.cut();
    const jobs = await queue.addBulk([sale('kept', 0), sale('kept', 1)]);
    const states = () => Promise.all(jobs.map(({ id = '' }) => queue.getJobState(id)));
    if (redis) await waitFor(async () => (await states()).every((state) => state === 'delayed'));
    expect(await states()).not.toContain('failed');
    await proxy.mend();
    expect(await taken('kept')).toEqual([0, 1]);
  }, 90_000);
}
