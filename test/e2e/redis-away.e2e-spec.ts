import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { testDatabase, type TestDatabase } from '../support/database.js';
import { Processes } from '../support/processes.js';
import { Receiver } from '../support/receiver.js';
import { describeWithRedisServer, testRedis, type TestRedis } from '../support/redis.js';

/** In milliseconds: what waits for longer than 2 s is done whatever the queue says. */
const SOON = 2_000;

describeWithRedisServer('while Redis is away', () => {
  let store: TestDatabase;
  let redis: TestRedis;
  let receiver: Receiver;
  let processes: Processes;

  beforeAll(async () => {
    [store, redis, receiver] = await Promise.all([testDatabase(), testRedis(), Receiver.start()]);
    processes = await Processes.start(store.url, redis.url);
    await processes.send('POST', '/endpoints', { url: receiver.url, topics: ['event.created'] });
    await processes.send('POST', '/contacts', { external_id: 'ada' });
  }, 60_000);

  afterAll(async () => {
    await processes.stop();
    await receiver.stop();
    await redis.stop();
    await store.drop();
  });

  const event = (created_at: number) =>
    processes.send('POST', '/events', { user_id: 'ada', event_name: 'moved', created_at });

  it('an event is accepted at once, applied, and told of, all by Postgres', async () => {
    await redis.kill();
    const started = Date.now();
    expect((await event(1_700_000_000)).status).toBe(202);
    expect(Date.now() - started).toBeLessThan(SOON);
    await receiver.count(1);
    expect((await processes.send('GET', '/health/ready')).status).toBe(503);
  });

  it('nothing is logged more than once a second, and all goes on when it is back', async () => {
    const lines = processes.log('worker').trim().split('\n');
    const perSecond = new Map<string, number>();
    for (const line of lines.filter((text) => text.startsWith('{'))) {
      const { time, kind } = JSON.parse(line) as { time: number; kind: string };
      const second = `${kind} ${Math.floor(time / 1000)}`;
      perSecond.set(second, (perSecond.get(second) ?? 0) + 1);
    }
    expect(perSecond.size).toBeGreaterThan(0);
    // A clock second may see the end of one quiet second and the beginning of the next.
    expect(Math.max(...perSecond.values())).toBeLessThanOrEqual(2);
    await redis.restart();
    await processes.ready();
    expect((await event(1_700_000_001)).status).toBe(202);
    await receiver.count(2);
  });
});
