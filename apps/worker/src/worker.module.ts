import { Module } from '@nestjs/common';
import { ApplyModule, BackfillModule, DueModule } from '#pipeline';

/** What the worker process runs: apply, and what feeds it. */
@Module({ imports: [ApplyModule, BackfillModule, DueModule] })
export class WorkerModule {}
