import { Module } from '@nestjs/common';
import { LaneRangesModule } from '../lane-ranges.module.js';
import { DueService } from './due.service.js';

/** Contacts whose next due time has come, into the inbox. */
@Module({ imports: [LaneRangesModule], providers: [DueService], exports: [DueService] })
export class DueModule {}
