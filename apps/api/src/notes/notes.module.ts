import { Module } from '@nestjs/common';
import { AcceptModule } from '#pipeline';
import { ContactNotesController } from './contact-notes.controller.js';
import { NotesController } from './notes.controller.js';

/** What admins write down about contacts. */
@Module({ imports: [AcceptModule], controllers: [ContactNotesController, NotesController] })
export class NotesModule {}
