import { Module } from '@nestjs/common';
import { AcceptModule, ContactLifeModule } from '#pipeline';
import { ContactAnswers } from './contact-answers.js';
import { ContactLifeController } from './contact-life.controller.js';
import { ContactMergeController } from './contact-merge.controller.js';
import { ContactReadsController } from './contact-reads.controller.js';
import { ContactsController } from './contacts.controller.js';
import { MergedContacts } from './merged-contacts.js';

/** Contacts: written, found, merged, archived, erased. */
@Module({
  imports: [AcceptModule, ContactLifeModule],
  controllers: [ContactMergeController, ContactLifeController, ContactReadsController, ContactsController],
  providers: [ContactAnswers, MergedContacts],
})
export class ContactsModule {}
