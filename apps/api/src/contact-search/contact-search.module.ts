import { Module } from '@nestjs/common';
import { ContactAnswers } from '../contacts/contact-answers.js';
import { ContactSearchController } from './contact-search.controller.js';
import { ContactSearches } from './contact-searches.js';

@Module({ controllers: [ContactSearchController], providers: [ContactAnswers, ContactSearches] })
export class ContactSearchModule {}
