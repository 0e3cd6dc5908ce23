import { Module } from '@nestjs/common';
import { LaneRanges } from './lane-ranges.js';

/** How the lanes are cut, for all that has work for them. */
@Module({ providers: [LaneRanges], exports: [LaneRanges] })
export class LaneRangesModule {}
