import { Module } from '@nestjs/common';
import { LaneRanges } from '../lane-ranges.js';
import { DueService } from './due.service.js';

/** Contacts whose next due time has come, into the inbox. */
@Module({ providers: [DueService, LaneRanges], exports: [DueService] })
export class DueModule {}
