import { BullModule, BullRegistrar, getQueueToken } from '@nestjs/bullmq';
import {
  type DynamicModule,
  Global,
  Inject,
  Module,
  type OnApplicationBootstrap,
  type OnApplicationShutdown,
} from '@nestjs/common';
import { DiscoveryModule, DiscoveryService } from '@nestjs/core';
import type { Queue } from 'bullmq';
import { CONFIG, type Config, Logger } from '#platform';
import { openBackend, type QueueBackend } from './backend.js';
import { JobHandler } from './job-handler.js';
import { JobProducer, QUEUES } from './job-producer.js';
import { type JobName, jobs } from './jobs.js';
import { RunningJobs } from './running-jobs.js';

const BACKEND = Symbol('BACKEND');
const HANDLED = Symbol('HANDLED');
const queueNames = [...new Set(Object.values(jobs).map((job) => job.queue))];

/** Owns the connection, so that it is opened before the first queue and closed after the last. */
@Global()
@Module({
  providers: [{ provide: BACKEND, inject: [CONFIG], useFactory: (config: Config) => openBackend(config) }],
  exports: [BACKEND],
})
class QueueBackendModule implements OnApplicationShutdown {
  constructor(@Inject(BACKEND) private readonly backend: QueueBackend) {}

  onApplicationShutdown(): Promise<void> {
    return this.backend.close();
  }
}

/** The queues of a process, and the workers of the jobs it handles. */
@Global()
@Module({})
export class QueueModule implements OnApplicationBootstrap {
  constructor(
    @Inject(BullRegistrar) private readonly registrar: BullRegistrar,
    @Inject(DiscoveryService) private readonly discovery: DiscoveryService,
    @Inject(HANDLED) private readonly handled: readonly JobName[],
    @Inject(QUEUES) private readonly queues: ReadonlyMap<string, Queue>,
  ) {}

  /** @param handled the jobs of the catalogue that this process works on; none for one that only enqueues. */
  static forRoot(handled: readonly JobName[] = []): DynamicModule {
    return {
      module: QueueModule,
      imports: [
        QueueBackendModule,
        DiscoveryModule,
        BullModule.forRootAsync({
          inject: [BACKEND],
          useFactory: ({ connection }: QueueBackend) => ({ connection }),
          extraOptions: { manualRegistration: true },
        }),
        BullModule.registerQueue(...queueNames.map((name) => ({ name }))),
      ],
      providers: [{ provide: HANDLED, useValue: handled }, queues, JobProducer, RunningJobs],
      exports: [JobProducer, RunningJobs],
    };
  }

  /** Workers start when everything they need has. */
  async onApplicationBootstrap(): Promise<void> {
    const processors = this.discovery
      .getProviders()
      .map((wrapper): unknown => wrapper.instance)
      .filter((instance) => instance instanceof JobHandler);
    assertHandled(
      this.handled,
      processors.map((processor) => processor.handles),
    );
    this.registrar.register();
    for (const queue of this.queues.values()) await queue.waitUntilReady();
    for (const processor of processors) await processor.start();
  }
}

const queues = {
  provide: QUEUES,
  inject: [Logger, ...queueNames.map((name) => getQueueToken(name))],
  useFactory: (logger: Logger, ...all: Queue[]) => {
    for (const queue of all) {
      // What ends while everything ends is no failure.
      queue.on('error', (error) => {
        if (!queue.closing) logger.failure('queue', error);
      });
    }
    return new Map(all.map((queue) => [queue.name, queue]));
  },
};

/** Refuses to start when a job would be left lying or be taken twice. */
export function assertHandled(expected: readonly JobName[], found: readonly JobName[]): void {
  const problems = expected.flatMap((name) => {
    const count = found.filter((handled) => handled === name).length;
    return count === 1 ? [] : [`job ${name} has ${count === 0 ? 'no handler' : `${count} handlers`}`];
  });
  for (const name of found) {
    if (!expected.includes(name)) problems.push(`job ${name} has a handler that this process does not start`);
  }
  if (problems.length > 0) throw new Error(problems.join('; '));
}
