import { Controller, Get, Param, Query } from '@nestjs/common';
import { ApiOkResponse, ApiTags } from '@nestjs/swagger';
import { contactAnswer, findQuery, type FindQuery } from '#contracts';
import { ContactFinder } from '#pipeline';
import { type Caller, CurrentWorkspace } from '../http/current-workspace.decorator.js';
import { ContactAnswers } from './contact-answers.js';
import { MergedContacts } from './merged-contacts.js';

/** Contacts are read, as in Intercom's API. */
@ApiTags('contacts')
@ApiOkResponse({ standardSchema: contactAnswer })
@Controller('contacts')
export class ContactReadsController {
  constructor(
    private readonly contacts: ContactFinder,
    private readonly merged: MergedContacts,
    private readonly answers: ContactAnswers,
  ) {}

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
