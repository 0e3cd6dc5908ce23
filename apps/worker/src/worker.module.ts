import { Module } from '@nestjs/common';
import { ApplyModule, BackfillModule, DueModule, ExportModule } from '#pipeline';

/** What the worker process runs: apply, what feeds it, and exports. */
@Module({ imports: [ApplyModule, BackfillModule, DueModule, ExportModule] })
export class WorkerModule {}
