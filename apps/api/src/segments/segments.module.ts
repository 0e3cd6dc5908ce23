import { Module } from '@nestjs/common';
import { AcceptModule } from '#pipeline';
import { ContactAnswersModule } from '../contacts/contact-answers.module.js';
import { ContactSegmentsController } from './contact-segments.controller.js';
import { SegmentMembersController } from './segment-members.controller.js';
import { SegmentsController } from './segments.controller.js';

/** Segments, and who is in them. */
@Module({
  imports: [AcceptModule, ContactAnswersModule],
  controllers: [ContactSegmentsController, SegmentMembersController, SegmentsController],
})
export class SegmentsModule {}
