import { Module } from '@nestjs/common';
import { ApplyModule, BackfillModule, DueModule, ExportModule } from '#pipeline';
import { InboundModule } from './inbound/inbound.module.js';

/** What the worker process runs: apply, what feeds it, and exports. */
@Module({ imports: [ApplyModule, BackfillModule, DueModule, ExportModule, InboundModule] })
export class WorkerModule {}
