import { Module } from '@nestjs/common';
import { ContactLifeModule } from '#pipeline';
import { ContactAnswers } from '../contacts/contact-answers.js';
import { VisitorsController } from './visitors.controller.js';

/** People of whom nothing is known yet. */
@Module({ imports: [ContactLifeModule], controllers: [VisitorsController], providers: [ContactAnswers] })
export class VisitorsModule {}
