import { Injectable, Module } from '@nestjs/common';
import { JobProcessor, Processes } from '#queue';

/** PLACEHOLDER until the worker lands. */
@Injectable()
@Processes('apply.lanes')
class ApplyProcessor extends JobProcessor<'apply.lanes'> {
  readonly handles = 'apply.lanes';
  async handle(): Promise<void> {}
}

@Injectable()
@Processes('backfill.segment')
class BackfillProcessor extends JobProcessor<'backfill.segment'> {
  readonly handles = 'backfill.segment';
  async handle(): Promise<void> {}
}

@Module({ providers: [ApplyProcessor, BackfillProcessor] })
export class WorkerModule {}
