import { Module } from '@nestjs/common';
import { AcceptModule } from '#pipeline';
import { ContactAnswers } from '../contacts/contact-answers.js';
import { ProfilesController } from './profiles.controller.js';

@Module({ imports: [AcceptModule], controllers: [ProfilesController], providers: [ContactAnswers] })
export class ProfilesModule {}
