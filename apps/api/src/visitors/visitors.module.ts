import { Module } from '@nestjs/common';
import { AcceptModule, ContactLifeModule } from '#pipeline';
import { ContactAnswersModule } from '../contacts/contact-answers.module.js';
import { VisitorsController } from './visitors.controller.js';

/** People of whom nothing is known yet. */
@Module({
  imports: [AcceptModule, ContactLifeModule, ContactAnswersModule],
  controllers: [VisitorsController],
})
export class VisitorsModule {}
