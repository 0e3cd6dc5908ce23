import { Body, Controller, Delete, HttpCode, Param, Post } from '@nestjs/common';
import { ApiOkResponse, ApiTags } from '@nestjs/swagger';
import {
  archivedAnswer,
  blockedAnswer,
  deleteRequest,
  deleteRequestAnswer,
  type DeleteRequestBody,
  erasedAnswer,
} from '#contracts';
import type { WorkspaceKey } from '#database';
import type { Contact } from '#domain';
import { ErasureService, StandingService } from '#pipeline';
import { Ids } from '#platform';
import { CurrentWorkspace } from '../http/current-workspace.decorator.js';
import { ContactIdPipe } from './contact-id.pipe.js';

/** Contacts as a whole: hidden, brought back, kept out, erased. */
@ApiTags('contacts')
@Controller()
export class ContactLifeController {
  constructor(
    private readonly standing: StandingService,
    private readonly erasure: ErasureService,
    private readonly ids: Ids,
  ) {}

  @Post('contacts/:id/archive')
  @HttpCode(200)
  @ApiOkResponse({ standardSchema: archivedAnswer })
  async archive(@CurrentWorkspace() { workspaceId }: WorkspaceKey, @Param('id', ContactIdPipe) id: string) {
    return { ...reference(await this.standing.archive(workspaceId, id)), archived: true };
  }

  @Post('contacts/:id/unarchive')
  @HttpCode(200)
  @ApiOkResponse({ standardSchema: archivedAnswer })
  async unarchive(@CurrentWorkspace() { workspaceId }: WorkspaceKey, @Param('id', ContactIdPipe) id: string) {
    return { ...reference(await this.standing.unarchive(workspaceId, id)), archived: false };
  }

  /** Archives the contact for good: its names cannot be used again. */
  @Post('contacts/:id/block')
  @HttpCode(200)
  @ApiOkResponse({ standardSchema: blockedAnswer })
  async block(@CurrentWorkspace() { workspaceId }: WorkspaceKey, @Param('id', ContactIdPipe) id: string) {
    return { ...reference(await this.standing.block(workspaceId, id)), blocked: true };
  }

  /** Erases the contact: no trace of it is left. */
  @Delete('contacts/:id')
  @ApiOkResponse({ standardSchema: erasedAnswer })
  async erase(@CurrentWorkspace() { workspaceId }: WorkspaceKey, @Param('id', ContactIdPipe) id: string) {
    return { ...reference(await this.erasure.erase(workspaceId, id)), deleted: true };
  }

  /** The same, as version 1 has it. The request is done when it is answered; its id leads nowhere. */
  @Post('user_delete_requests')
  @HttpCode(200)
  @ApiOkResponse({ standardSchema: deleteRequestAnswer })
  async request(
    @CurrentWorkspace() { workspaceId }: WorkspaceKey,
    @Body({ schema: deleteRequest }) body: DeleteRequestBody,
  ) {
    await this.erasure.erase(workspaceId, body.intercom_user_id);
    return { id: this.ids.next() };
  }
}

const reference = ({ id, attributes }: Contact) => ({
  type: 'contact',
  id,
  external_id: attributes['external_id'] ?? null,
});
