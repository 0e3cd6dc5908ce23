import { Module } from '@nestjs/common';
import { AcceptModule, ContactLifeModule } from '#pipeline';
import { ContactAnswers } from '../contacts/contact-answers.js';
import { VisitorsController } from './visitors.controller.js';

/** People of whom nothing is known yet. */
@Module({
  imports: [AcceptModule, ContactLifeModule],
  controllers: [VisitorsController],
  providers: [ContactAnswers],
})
export class VisitorsModule {}
