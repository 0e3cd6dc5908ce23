import { Module } from '@nestjs/common';
import { ContactAnswersModule } from '../contacts/contact-answers.module.js';
import { ContactSearchController } from './contact-search.controller.js';
import { ContactSearches } from './contact-searches.js';

/** Contacts by pages. */
@Module({
  imports: [ContactAnswersModule],
  controllers: [ContactSearchController],
  providers: [ContactSearches],
})
export class ContactSearchModule {}
