import { Module } from '@nestjs/common';
import { AcceptModule, ContactLifeModule } from '#pipeline';
import { ContactAnswersModule } from './contact-answers.module.js';
import { ContactLifeController } from './contact-life.controller.js';
import { ContactMergeController } from './contact-merge.controller.js';
import { ContactReadsController } from './contact-reads.controller.js';
import { ContactsController } from './contacts.controller.js';
import { MergedContacts } from './merged-contacts.js';

/** Contacts: written, found, merged, archived, erased. */
@Module({
  imports: [AcceptModule, ContactLifeModule, ContactAnswersModule],
  controllers: [ContactMergeController, ContactLifeController, ContactReadsController, ContactsController],
  providers: [MergedContacts],
})
export class ContactsModule {}
