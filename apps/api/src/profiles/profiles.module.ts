import { Module } from '@nestjs/common';
import { AcceptModule } from '#pipeline';
import { ContactAnswersModule } from '../contacts/contact-answers.module.js';
import { ProfilesController } from './profiles.controller.js';

/** The page of a contact, by a link. */
@Module({ imports: [AcceptModule, ContactAnswersModule], controllers: [ProfilesController] })
export class ProfilesModule {}
