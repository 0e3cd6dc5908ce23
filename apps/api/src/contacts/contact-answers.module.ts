import { Module } from '@nestjs/common';
import { ContactAnswers } from './contact-answers.js';

/** Contacts as they are answered, for every area that answers with some. */
@Module({ providers: [ContactAnswers], exports: [ContactAnswers] })
export class ContactAnswersModule {}
