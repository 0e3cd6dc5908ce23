import { Body, Controller, HttpCode, Param, Post, Put, Query } from '@nestjs/common';
import { ApiOkResponse, ApiTags } from '@nestjs/swagger';
import {
  contactAnswer,
  type ContactBody,
  createContact,
  createQuery,
  type CreateQuery,
  partialQuery,
  type PartialQuery,
  updateContact,
  upsertContact,
  writtenContact,
} from '#contracts';
import { ContactService, UpsertService } from '#pipeline';
import { Clock } from '#platform';
import { type Caller, CurrentWorkspace } from '../http/current-workspace.decorator.js';
import { ContactAnswers } from './contact-answers.js';
import { writtenBy } from './written-by.js';

/** Contacts are written, as in Intercom's API. */
@ApiTags('contacts')
@ApiOkResponse({ standardSchema: contactAnswer })
@Controller('contacts')
export class ContactsController {
  constructor(
    private readonly contacts: ContactService,
    private readonly upserts: UpsertService,
    private readonly answers: ContactAnswers,
    private readonly clock: Clock,
  ) {}

  /** Creates a user, or a lead when it says so; 409 names the contact that has the external id or the address. */
  @Post()
  @HttpCode(200)
  async create(
    @CurrentWorkspace() caller: Caller,
    @Body({ schema: createContact }) body: ContactBody,
    @Query({ schema: createQuery }) query: CreateQuery,
  ) {
    const { asked, sight } = writtenContact(body, this.clock.now());
    const contact = await this.contacts.create(caller.workspaceId, asked, {
      ...writtenBy(caller, query),
      sight,
    });
    return this.answers.written(caller, contact);
  }

  /** Writes the user of this external id or address, or creates it. */
  @Post('upsert')
  @HttpCode(200)
  async upsert(
    @CurrentWorkspace() caller: Caller,
    @Body({ schema: upsertContact }) body: ContactBody,
    @Query({ schema: createQuery }) query: CreateQuery,
  ) {
    const { asked, sight } = writtenContact(body, this.clock.now());
    const contact = await this.upserts.upsert(caller.workspaceId, asked, {
      ...writtenBy(caller, query),
      sight,
    });
    return this.answers.written(caller, contact);
  }

  @Put(':id')
  async update(
    @CurrentWorkspace() caller: Caller,
    @Param('id') id: string,
    @Body({ schema: updateContact }) body: ContactBody,
    @Query({ schema: partialQuery }) query: PartialQuery,
  ) {
    const { asked, sight } = writtenContact(body, this.clock.now());
    const contact = await this.contacts.update(caller.workspaceId, id, asked, {
      ...writtenBy(caller, query),
      sight,
    });
    return this.answers.written(caller, contact);
  }
}
