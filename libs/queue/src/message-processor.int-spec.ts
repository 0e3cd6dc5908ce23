import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { Injectable } from '@nestjs/common';
import { Test, type TestingModule } from '@nestjs/testing';
import type { Job, Queue } from 'bullmq';
import { DomainError, InvalidInput } from '#domain';
import { Logger, PlatformModule } from '#platform';
import { type Message, MessageProcessor, migrateQueue, Processes, QueueModule } from '#queue';
import { testConfig } from '../../../test/support/config.js';
import { testDatabase, type TestDatabase } from '../../../test/support/database.js';
import { describeWithRedis, testRedis, type TestRedis } from '../../../test/support/redis.js';
import { serviceQueue, takeAndDie } from '../../../test/support/service-queue.js';
import { waitFor } from '../../../test/support/wait-for.js';

/** Does with each message what its data asks for, and remembers what came. */
@Injectable()
@Processes('inbound.items')
class ObedientProcessor extends MessageProcessor<'inbound.items'> {
  readonly handles = 'inbound.items';
  readonly seen: Message[] = [];
  away = true;

  async take(message: Message): Promise<void> {
    this.seen.push(message);
    if (message.data === 'refuse') throw new DomainError('not_found', 'No contact has this user_id');
    if (message.data === 'refuse all') throw new InvalidInput([new DomainError('not_found', 'neither')]);
    if (message.data === 'break') throw new TypeError('a bug');
    if (message.data === 'wait' && this.away) throw new DomainError('service_unavailable', 'away');
  }
}

describe('messages on postgres', () => {
  behaves('postgres');
});

describeWithRedis('messages on redis', () => {
  behaves('redis');
});

function behaves(kind: 'postgres' | 'redis'): void {
  let store: TestDatabase;
  let redis: TestRedis | undefined;
  let queue: Queue;
  let app: TestingModule | undefined;

  beforeAll(async () => {
    if (kind === 'redis') redis = await testRedis();
    store = await testDatabase();
    await migrateQueue(store.url);
  });
  afterAll(async () => {
    await store.drop();
    await redis?.stop();
  });
  beforeEach(() => {
    queue = serviceQueue(store.url, redis?.url);
  });
  afterEach(async () => {
    await app?.close();
    app = undefined;
    await queue.obliterate({ force: true });
    await queue.close();
  });

  /** The process that takes them. */
  async function start(): Promise<ObedientProcessor> {
    const config = testConfig({ DATABASE_URL: store.url, ...(redis ? { REDIS_URL: redis.url } : {}) });
    app = await Test.createTestingModule({
      imports: [PlatformModule.forRoot(config, Logger.at('silent')), QueueModule.forRoot(['inbound.items'])],
      providers: [ObedientProcessor],
    }).compile();
    await app.init();
    return app.get(ObedientProcessor);
  }

  const stateOf = (job: Job) => queue.getJobState(job.id ?? '');
  const failed = (job: Job) => waitFor(async () => (await stateOf(job)) === 'failed');
  const gone = (job: Job) => waitFor(async () => (await stateOf(job)) === 'unknown', 25_000);

  it('are not kept once they are taken', async () => {
    const processor = await start();
    await gone(await queue.add('any', 'take'));
    expect(processor.seen).toHaveLength(1);
  });

  it.each([
    ['refuse', 'No contact has this user_id'],
    ['refuse all', 'neither'],
  ])('that are refused fail at once, and are kept with the reason: %s', async (data, reason) => {
    const processor = await start();
    const job = await queue.add('any', data, { attempts: 3 });
    await failed(job);
    expect((await queue.getJob(job.id ?? ''))?.failedReason).toBe(reason);
    expect(processor.seen).toHaveLength(1);
  });

  it('that meet a bug fail as often as their service has them tried', async () => {
    const processor = await start();
    const job = await queue.add('any', 'break', { attempts: 2 });
    await failed(job);
    expect((await queue.getJob(job.id ?? ''))?.failedReason).toBe('a bug');
    expect(processor.seen).toHaveLength(2);
  });

  it('that come while a store is away come again until it is back, without being tried less often', async () => {
    const processor = await start();
    const job = await queue.add('any', 'wait');
    await waitFor(() => processor.seen.length === 3);
    const waiting = await queue.getJob(job.id ?? '');
    processor.away = false;

    await gone(job);
    expect(waiting?.attemptsMade).toBe(0);
    expect(new Set(processor.seen.map(({ id }) => id)).size).toBe(1);
  }, 30_000);

  it('have the id that their service gave them, or one that no other message will have', async () => {
    const processor = await start();
    const own = await queue.add('any', 'take', { jobId: 'message-1' });
    const counted = await queue.add('any', 'take');
    await Promise.all([gone(own), gone(counted)]);
    expect(processor.seen).toEqual([
      { id: 'message-1', at: Math.floor(own.timestamp / 1000), data: 'take' },
      { id: `${counted.id}@${counted.timestamp}`, at: Math.floor(counted.timestamp / 1000), data: 'take' },
    ]);
  });

  it('are taken by another worker when theirs dies with them', async () => {
    const job = await queue.add('any', 'take');
    expect(await takeAndDie(store.url, redis?.url)).toBe(job.id);
    expect(await stateOf(job)).toBe('active');

    const processor = await start();
    await gone(job);
    expect(processor.seen.map(({ data }) => data)).toEqual(['take']);
  }, 30_000);
}
