import { setTimeout as pause } from 'node:timers/promises';
import { Inject, Injectable } from '@nestjs/common';
import type { Queue } from 'bullmq';
import { Logger } from '#platform';
import { type HintName, type JobData, jobs, keyOf } from './jobs.js';
import { RunningJobs } from './running-jobs.js';

/** Injects the queues of this process by name. */
export const QUEUES = Symbol('QUEUES');

/** Hints of one key are at least this far apart, in milliseconds: a busy worker looks again by itself meanwhile. */
const SPACING_MS = 10;

/** How long the queue may take to answer a health check, in milliseconds. */
const CHECK_MS = 2_000;

/**
 * The only way to enqueue. A hint says where work is, and may be lost: the sweepers find the work without it. So
 * hinting never fails and never waits; hints of one key that come while one is on its way, or soon after it, become
 * one more.
 */
@Injectable()
export class JobProducer {
  private readonly underway = new Map<string, { again: boolean }>();

  constructor(
    @Inject(QUEUES) private readonly queues: ReadonlyMap<string, Queue>,
    private readonly running: RunningJobs,
    private readonly logger: Logger,
  ) {}

  hint<N extends HintName>(name: N, data: JobData<N>): void {
    const key = keyOf(name, data);
    if (this.running.hint(key)) return;
    const underway = this.underway.get(key);
    if (underway) underway.again = true;
    else void this.send(name, data, key);
  }

  /** Resolves when every queue answers. */
  async check(): Promise<void> {
    const late = new Promise<never>((_, reject) => {
      setTimeout(() => reject(new Error('the queue does not answer')), CHECK_MS).unref();
    });
    await Promise.race([
      Promise.all([...this.queues.values()].map((queue) => queue.getWaitingCount())),
      late,
    ]);
  }

  private async send<N extends HintName>(name: N, data: JobData<N>, key: string): Promise<void> {
    const state = { again: false };
    this.underway.set(key, state);
    const spacing = pause(SPACING_MS, undefined, { ref: false });
    try {
      await this.queues.get(jobs[name].queue)?.add(name, data, {
        deduplication: { id: key, keepLastIfActive: true },
        removeOnComplete: true,
        removeOnFail: true,
      });
      await spacing;
    } catch (error) {
      this.logger.failure('queue', error);
      state.again = false;
    }
    this.underway.delete(key);
    if (state.again) this.hint(name, data);
  }
}
