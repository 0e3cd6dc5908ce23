import { OnWorkerEvent, Processor, WorkerHost } from '@nestjs/bullmq';
import { Inject } from '@nestjs/common';
import type { Job } from 'bullmq';
import { Logger } from '#platform';
import { type JobName, jobs } from './jobs.js';

/**
 * How soon the job of a killed worker runs again: its lock is good for 10 s, and is looked at every 5 s. Muster does
 * not wait for that: a sweeper takes over after 2 s, since Postgres knows that the dead one's locks are free.
 */
const LOCK_MS = 10_000;
const STALLED_CHECK_MS = 5_000;

/** A job that only says where work is can be started again as often as its worker dies. BullMQ's SQL takes an int4. */
const MOST_STALLS = 2_147_483_647;

/**
 * Makes a class the handler of a job: `@Processes('apply.lanes') class X extends JobProcessor<'apply.lanes'>`. What is
 * done is not kept; what failed is, unless whoever added the job says otherwise.
 */
export function Processes(name: JobName): ClassDecorator {
  const { queue, concurrency } = jobs[name];
  return Processor(queue, {
    concurrency,
    // See start().
    autorun: false,
    lockDuration: LOCK_MS,
    stalledInterval: STALLED_CHECK_MS,
    maxStalledCount: MOST_STALLS,
    removeOnComplete: { count: 0 },
  });
}

/** What handles one kind of job: runs with the process, and logs what fails. */
export abstract class JobHandler<N extends JobName = JobName> extends WorkerHost {
  abstract readonly handles: N;

  @Inject(Logger)
  protected readonly logger: Logger;

  /**
   * BullMQ remembers for good whether its first connection succeeded: a worker that ran without one would go round
   * without ever letting another callback of the process run. So it runs only once it is connected.
   */
  async start(): Promise<void> {
    await this.worker.waitUntilReady();
    this.worker.run().catch((error: unknown) => this.onError(error));
  }

  @OnWorkerEvent('error')
  onError(error: unknown): void {
    // What ends while everything ends is no failure.
    if (!this.worker.closing) this.logger.failure('queue', error);
  }

  @OnWorkerEvent('failed')
  onFailed(_job: Job | undefined, error: Error): void {
    this.logger.failure(this.handles, error);
  }
}
