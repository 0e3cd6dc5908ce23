import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { Queue } from 'bullmq';
import { testDatabase, type TestDatabase } from '../support/database.js';
import { Processes } from '../support/processes.js';
import { describeWithRedis, testRedis, type TestRedis } from '../support/redis.js';
import { serviceQueue } from '../support/service-queue.js';
import { waitFor } from '../support/wait-for.js';

const AT = 1_700_000_000;
const JOBS = 1_000;
const KILLS = 4;

/** A dead worker's job is locked for 10 s, and found within 10 s more. */
const TAKEN_AGAIN_MS = 40_000;

describe('the inbound queue on postgres, while workers are killed', () => {
  loses('postgres');
});

describeWithRedis('the inbound queue on redis, while workers are killed', () => {
  loses('redis');
});

function loses(kind: 'postgres' | 'redis'): void {
  let store: TestDatabase;
  let redis: TestRedis | undefined;
  let processes: Processes;
  let queue: Queue;

  beforeAll(async () => {
    store = await testDatabase();
    if (kind === 'redis') redis = await testRedis();
    processes = await Processes.start(store.url, redis?.url);
    queue = serviceQueue(store.url, redis?.url);
    await processes.send('POST', '/contacts', { external_id: 'ada' });
  }, 60_000);

  afterAll(async () => {
    await queue.close();
    await processes.stop();
    await redis?.stop();
    await store.drop();
  });

  it('loses no event and takes none twice', async () => {
    for (let i = 0; i < KILLS; i++) {
      const added = Array.from({ length: JOBS / KILLS }, (_, n) => n + (i * JOBS) / KILLS);
      const adding = queue.addBulk(
        added.map((number) => ({
          name: 'sale',
          data: {
            app_id: 'demo',
            type: 'event',
            user_id: 'ada',
            event_name: 'sold',
            created_at: AT,
            metadata: { number },
          },
        })),
      );
      await waitFor(async () => (await queue.getActiveCount()) > 0);
      await processes.replace('worker');
      await adding;
    }
    const left = () => queue.getJobCountByTypes('waiting', 'active', 'delayed', 'failed');
    await waitFor(async () => (await left()) === 0, TAKEN_AGAIN_MS);
    await waitFor(async () => (await store.database.query('SELECT FROM inbox LIMIT 1')).length === 0);

    const events = await store.database.query<{ number: number }>(
      `SELECT (metadata->>'number')::int AS number FROM event ORDER BY 1`,
    );
    expect(events.map(({ number }) => number)).toEqual(Array.from({ length: JOBS }, (_, i) => i));
  }, 90_000);
}
