import { Module } from '@nestjs/common';
import { AcceptModule } from '#pipeline';
import { TimelineController } from './timeline.controller.js';

@Module({ imports: [AcceptModule], controllers: [TimelineController] })
export class TimelineModule {}
