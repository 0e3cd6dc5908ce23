import { Inject } from '@nestjs/common';
import type { Job } from 'bullmq';
import { JobHandler } from './job-handler.js';
import { type HintName, type JobData, jobs, keyOf } from './jobs.js';
import { RunningJobs } from './running-jobs.js';

/** Takes one kind of hint: checks its payload, for the job may be older than the code, and calls the stage. */
export abstract class JobProcessor<N extends HintName> extends JobHandler<N> {
  @Inject(RunningJobs)
  private readonly running: RunningJobs;

  abstract handle(data: JobData<N>): Promise<void>;

  async process(job: Job): Promise<void> {
    const data = jobs[this.handles].data.parse(job.data) as JobData<N>;
    await this.running.run(keyOf(this.handles, data), () => this.handle(data));
  }
}
