import { Module } from '@nestjs/common';
import { AcceptModule } from '#pipeline';
import { ContactAnswersModule } from '../contacts/contact-answers.module.js';
import { Scrolls } from '../scroll/scrolls.js';
import { CompaniesController } from './companies.controller.js';
import { CompanyAnswers } from './company-answers.js';
import { CompanyListsController } from './company-lists.controller.js';
import { CompanyPeopleController } from './company-people.controller.js';
import { CompanyScrollController } from './company-scroll.controller.js';
import { CompanySearchController } from './company-search.controller.js';
import { ContactCompaniesController } from './contact-companies.controller.js';

/** Companies, and which contacts belong to them. */
@Module({
  imports: [AcceptModule, ContactAnswersModule],
  controllers: [
    CompanyListsController,
    CompanyPeopleController,
    CompanyScrollController,
    CompanySearchController,
    CompaniesController,
    ContactCompaniesController,
  ],
  providers: [CompanyAnswers, Scrolls],
})
export class CompaniesModule {}
