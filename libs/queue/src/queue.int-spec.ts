import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { Injectable } from '@nestjs/common';
import { Test, type TestingModule } from '@nestjs/testing';
import { Logger, PlatformModule } from '#platform';
import {
  assertHandled,
  type JobData,
  JobProcessor,
  JobProducer,
  migrateQueue,
  Processes,
  QueueModule,
} from '#queue';
import { testDatabase, type TestDatabase } from '../../../test/support/database.js';
import { describeWithRedis, testRedis, type TestRedis } from '../../../test/support/redis.js';
import { testConfig } from '../../../test/support/config.js';
import { waitFor } from '../../../test/support/wait-for.js';

/** Holds every job until all are let go, and remembers what came. */
@Injectable()
@Processes('apply.lanes')
class HeldProcessor extends JobProcessor<'apply.lanes'> {
  readonly handles = 'apply.lanes';
  readonly seen: JobData<'apply.lanes'>[] = [];
  private open: () => void = () => undefined;
  private readonly gate = new Promise<void>((resolve) => (this.open = resolve));

  handle(data: JobData<'apply.lanes'>): Promise<void> {
    this.seen.push(data);
    return this.gate;
  }

  letGo(): void {
    this.open();
  }
}

describe('the queue on postgres', () => {
  behaves('postgres');
});

describeWithRedis('the queue on redis', () => {
  behaves('redis');
});

function behaves(kind: 'postgres' | 'redis'): void {
  let store: TestDatabase;
  let redis: TestRedis | undefined;
  let app: TestingModule;

  beforeAll(async () => {
    if (kind === 'redis') redis = await testRedis();
    store = await testDatabase();
    await migrateQueue(store.url);
    const config = testConfig({ DATABASE_URL: store.url, ...(redis ? { REDIS_URL: redis.url } : {}) });
    app = await Test.createTestingModule({
      imports: [PlatformModule.forRoot(config, Logger.at('silent')), QueueModule.forRoot(['apply.lanes'])],
      providers: [HeldProcessor],
    }).compile();
    await app.init();
  });

  afterAll(async () => {
    app.get(HeldProcessor).letGo();
    await app.close();
    await store.drop();
    await redis?.stop();
  });

  it('collapses a flood of hints into one active and one waiting job', async () => {
    const producer = app.get(JobProducer);
    const processor = app.get(HeldProcessor);
    producer.hint('apply.lanes', { from: 0, to: 127 });
    await waitFor(() => processor.seen.length === 1);
    for (let i = 0; i < 50; i++) producer.hint('apply.lanes', { from: 0, to: 127 });
    producer.hint('apply.lanes', { from: 128, to: 255 });
    await waitFor(() => processor.seen.length === 2);
    expect(processor.seen[1]).toEqual({ from: 128, to: 255 });
    processor.letGo();
    await waitFor(() => processor.seen.length === 3);
    expect(processor.seen[2]).toEqual({ from: 0, to: 127 });
  });

  it('answers a health check', async () => {
    await expect(app.get(JobProducer).check()).resolves.toBeUndefined();
  });
}

describe('start-up', () => {
  it('refuses a job with no handler, with two, or with one that is not started', () => {
    expect(() => assertHandled(['apply.lanes', 'deliver.endpoint'], ['deliver.endpoint'])).toThrow(
      'job apply.lanes has no handler',
    );
    expect(() => assertHandled(['apply.lanes'], ['apply.lanes', 'apply.lanes'])).toThrow('has 2 handlers');
    expect(() => assertHandled([], ['apply.lanes'])).toThrow('does not start');
    expect(() => assertHandled(['apply.lanes'], ['apply.lanes'])).not.toThrow();
  });
});
