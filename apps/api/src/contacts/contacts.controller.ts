import { Body, Controller, Get, HttpCode, Param, Post, Put, Query } from '@nestjs/common';
import { ApiOkResponse, ApiTags } from '@nestjs/swagger';
import {
  contactAnswer,
  type ContactBody,
  createContact,
  createQuery,
  type CreateQuery,
  findQuery,
  type FindQuery,
  updateContact,
  upsertContact,
} from '#contracts';
import { ContactService, UpsertService } from '#pipeline';
import { type Caller, CurrentWorkspace } from '../http/current-workspace.decorator.js';
import { ContactAnswers } from './contact-answers.js';
import { MergedContacts } from './merged-contacts.js';
import { writtenAttributes } from './written-attributes.js';

/** Contacts, as Intercom's API has them. */
@ApiTags('contacts')
@ApiOkResponse({ standardSchema: contactAnswer })
@Controller('contacts')
export class ContactsController {
  constructor(
    private readonly contacts: ContactService,
    private readonly upserts: UpsertService,
    private readonly merged: MergedContacts,
    private readonly answers: ContactAnswers,
  ) {}

  /** Creates a user, or a lead when it says so; 409 names the contact that has the external id or the address. */
  @Post()
  @HttpCode(200)
  async create(
    @CurrentWorkspace() caller: Caller,
    @Body({ schema: createContact }) body: ContactBody,
    @Query({ schema: createQuery }) query: CreateQuery,
  ) {
    const contact = await this.contacts.create(caller.workspaceId, writtenAttributes(body), query);
    return this.answers.one(caller, contact);
  }

  /** Writes the user of this external id or address, or creates it. */
  @Post('upsert')
  @HttpCode(200)
  async upsert(
    @CurrentWorkspace() caller: Caller,
    @Body({ schema: upsertContact }) body: ContactBody,
    @Query({ schema: createQuery }) query: CreateQuery,
  ) {
    const contact = await this.upserts.upsert(caller.workspaceId, writtenAttributes(body), query);
    return this.answers.one(caller, contact);
  }

  @Put(':id')
  async update(
    @CurrentWorkspace() caller: Caller,
    @Param('id') id: string,
    @Body({ schema: updateContact }) body: ContactBody,
  ) {
    return this.answers.one(
      caller,
      await this.contacts.update(caller.workspaceId, id, writtenAttributes(body)),
    );
  }

  @Get('find_by_external_id/:external_id')
  async findByExternalId(@CurrentWorkspace() caller: Caller, @Param('external_id') externalId: string) {
    return this.answers.one(caller, await this.contacts.findByExternalId(caller.workspaceId, externalId));
  }

  /** From version 2.16 on, 410 with the contact that took it in when it was merged. */
  @Get(':id')
  async find(
    @CurrentWorkspace() caller: Caller,
    @Param('id') id: string,
    @Query({ schema: findQuery }) query: FindQuery,
  ) {
    const contact = await this.contacts
      .find(caller.workspaceId, id)
      .catch((error: unknown) => this.merged.explain(caller, id, error));
    const history = query.include_merge_history ? await this.merged.field(caller, contact) : {};
    return { ...(await this.answers.one(caller, contact)), ...history };
  }
}
