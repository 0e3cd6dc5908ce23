import { Body, Controller, Get, HttpCode, Param, Post, Query } from '@nestjs/common';
import { ApiOkResponse, ApiTags } from '@nestjs/swagger';
import {
  createNote,
  type CreateNoteBody,
  listNotes,
  type ListNotesQuery,
  noteAnswer,
  noteList,
} from '#contracts';
import { AdminRepository, NoteRepository, type WorkspaceKey } from '#database';
import { contactNotFound, ContactFinder } from '#pipeline';
import { Clock } from '#platform';
import { foundAdmin } from '../admins/found-admin.js';
import { ContactIdPipe } from '../contacts/contact-id.pipe.js';
import { CurrentWorkspace } from '../http/current-workspace.decorator.js';
import { numberId } from '../http/number-id.js';
import { numberedPages } from '../http/numbered-page.js';
import { noteObject } from './note-object.js';

/** The notes of one contact. */
@ApiTags('notes')
@Controller('contacts/:contact_id/notes')
export class ContactNotesController {
  constructor(
    private readonly contacts: ContactFinder,
    private readonly notes: NoteRepository,
    private readonly admins: AdminRepository,
    private readonly clock: Clock,
  ) {}

  /** Newest first. */
  @Get()
  @ApiOkResponse({ standardSchema: noteList })
  async list(
    @CurrentWorkspace() { workspaceId }: WorkspaceKey,
    @Param('contact_id') contactId: string,
    @Query({ schema: listNotes }) query: ListNotesQuery,
  ) {
    const { id } = await this.contacts.find(workspaceId, contactId);
    const notes = await this.notes.list(workspaceId, id, query);
    const total = await this.notes.count(workspaceId, id);
    return {
      type: 'list',
      data: notes.map(noteObject),
      total_count: total,
      pages: numberedPages(query, total, { path: `/contacts/${id}/notes` }),
    };
  }

  /** Throws `admin_not_found` when the author is none of the workspace's admins. */
  @Post()
  @HttpCode(200)
  @ApiOkResponse({ standardSchema: noteAnswer })
  async create(
    @CurrentWorkspace() { workspaceId, adminId }: WorkspaceKey,
    @Param('contact_id', ContactIdPipe) contactId: string,
    @Body({ schema: createNote }) { body, admin_id: authorId = adminId }: CreateNoteBody,
  ) {
    const author = foundAdmin(await this.admins.find(workspaceId, numberId(authorId)), authorId);
    const at = this.clock.now();
    const id = await this.notes.insert({ workspaceId, contactId, body, authorId: author.id, at });
    if (id !== undefined) return noteObject({ id, contactId, body, author, createdAt: at });
    await this.contacts.find(workspaceId, contactId);
    throw contactNotFound();
  }
}
