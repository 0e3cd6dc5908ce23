import { Body, Controller, Get, HttpCode, Param, Post, Put, Query } from '@nestjs/common';
import { ApiOkResponse, ApiTags } from '@nestjs/swagger';
import {
  contactAnswer,
  type ContactBody,
  createContact,
  partialQuery,
  type PartialQuery,
  updateContact,
} from '#contracts';
import { ContactService } from '#pipeline';
import { type Caller, CurrentWorkspace } from '../http/current-workspace.decorator.js';
import { ContactAnswers } from './contact-answers.js';
import { writtenAttributes } from './written-attributes.js';

/** Contacts, as Intercom's API has them. */
@ApiTags('contacts')
@ApiOkResponse({ standardSchema: contactAnswer })
@Controller('contacts')
export class ContactsController {
  constructor(
    private readonly contacts: ContactService,
    private readonly answers: ContactAnswers,
  ) {}

  /** Creates a user, or a lead when it says so; 409 names the contact that has the external id or the address. */
  @Post()
  @HttpCode(200)
  async create(
    @CurrentWorkspace() caller: Caller,
    @Body({ schema: createContact }) body: ContactBody,
    @Query({ schema: partialQuery }) query: PartialQuery,
  ) {
    const contact = await this.contacts.create(caller.workspaceId, writtenAttributes(body), query);
    return this.answers.written(caller, contact);
  }

  @Put(':id')
  async update(
    @CurrentWorkspace() caller: Caller,
    @Param('id') id: string,
    @Body({ schema: updateContact }) body: ContactBody,
    @Query({ schema: partialQuery }) query: PartialQuery,
  ) {
    const contact = await this.contacts.update(caller.workspaceId, id, writtenAttributes(body), query);
    return this.answers.written(caller, contact);
  }

  @Get('find_by_external_id/:external_id')
  async findByExternalId(@CurrentWorkspace() caller: Caller, @Param('external_id') externalId: string) {
    return this.answers.one(caller, await this.contacts.findByExternalId(caller.workspaceId, externalId));
  }

  @Get(':id')
  async find(@CurrentWorkspace() caller: Caller, @Param('id') id: string) {
    return this.answers.one(caller, await this.contacts.find(caller.workspaceId, id));
  }
}
