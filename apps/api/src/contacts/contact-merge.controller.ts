import { Body, Controller, Get, HttpCode, Param, Post, Query } from '@nestjs/common';
import { ApiOkResponse, ApiTags } from '@nestjs/swagger';
import {
  contactAnswer,
  listMergeHistory,
  type MergeBody,
  mergeContacts,
  mergeHistory,
  type MergeHistoryQuery,
} from '#contracts';
import { isSince } from '#domain';
import { ContactFinder, MergeService } from '#pipeline';
import { type Caller, CurrentWorkspace } from '../http/current-workspace.decorator.js';
import { ContactAnswers } from './contact-answers.js';
import { MergedContacts } from './merged-contacts.js';

/** Merging a lead into the user that it turned out to be. */
@ApiTags('contacts')
@Controller('contacts')
export class ContactMergeController {
  constructor(
    private readonly merges: MergeService,
    private readonly contacts: ContactFinder,
    private readonly merged: MergedContacts,
    private readonly answers: ContactAnswers,
  ) {}

  /** From version 2.16 on, contacts that share neither address nor phone are merged only if the body says so. */
  @Post('merge')
  @HttpCode(200)
  @ApiOkResponse({ standardSchema: contactAnswer })
  async merge(
    @CurrentWorkspace() caller: Caller,
    @Body({ schema: mergeContacts }) { from, into, skip_duplicate_validation }: MergeBody,
  ) {
    const duplicatesOnly = isSince(caller.version, '2.16') && !skip_duplicate_validation;
    const contact = await this.merges.merge(caller.workspaceId, { from, into, duplicatesOnly });
    return this.answers.one(caller, contact);
  }

  /** Who was merged into this user. */
  @Get(':id/merge_history')
  @ApiOkResponse({ standardSchema: mergeHistory })
  async history(
    @CurrentWorkspace() caller: Caller,
    @Param('id') id: string,
    @Query({ schema: listMergeHistory }) query: MergeHistoryQuery,
  ) {
    return this.merged.history(caller, await this.contacts.find(caller.workspaceId, id), query);
  }
}
