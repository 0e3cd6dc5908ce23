import { Body, Controller, Get, HttpCode, Param, Post, Put } from '@nestjs/common';
import { ApiOkResponse, ApiTags } from '@nestjs/swagger';
import { contactAnswer, type ContactBody, createContact, updateContact } from '#contracts';
import type { WorkspaceKey } from '#database';
import { contactObject } from '#domain';
import { ContactService } from '#pipeline';
import { CurrentWorkspace } from '../http/current-workspace.decorator.js';
import { writtenAttributes } from './written-attributes.js';

/** Contacts, as Intercom's API has them. */
@ApiTags('contacts')
@ApiOkResponse({ standardSchema: contactAnswer })
@Controller('contacts')
export class ContactsController {
  constructor(private readonly contacts: ContactService) {}

  /** Creates a user, or a lead when it says so; 409 names the contact that has the external id or the address. */
  @Post()
  @HttpCode(200)
  async create(
    @CurrentWorkspace() { workspaceId, appId }: WorkspaceKey,
    @Body({ schema: createContact }) body: ContactBody,
  ) {
    return contactObject(await this.contacts.create(workspaceId, writtenAttributes(body)), appId);
  }

  @Put(':id')
  async update(
    @CurrentWorkspace() { workspaceId, appId }: WorkspaceKey,
    @Param('id') id: string,
    @Body({ schema: updateContact }) body: ContactBody,
  ) {
    return contactObject(await this.contacts.update(workspaceId, id, writtenAttributes(body)), appId);
  }

  @Get('find_by_external_id/:external_id')
  async findByExternalId(
    @CurrentWorkspace() { workspaceId, appId }: WorkspaceKey,
    @Param('external_id') externalId: string,
  ) {
    return contactObject(await this.contacts.findByExternalId(workspaceId, externalId), appId);
  }

  @Get(':id')
  async find(@CurrentWorkspace() { workspaceId, appId }: WorkspaceKey, @Param('id') id: string) {
    return contactObject(await this.contacts.find(workspaceId, id), appId);
  }
}
