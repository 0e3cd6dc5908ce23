import { Body, Controller, HttpCode, HttpStatus, Post } from '@nestjs/common';
import { ApiAcceptedResponse, ApiTags } from '@nestjs/swagger';
import { ping, type PingBody, referenceOf } from '#contracts';
import type { WorkspaceKey } from '#database';
import { AcceptService } from '#pipeline';
import { CurrentWorkspace } from '../http/current-workspace.decorator.js';

/** Signs of life. */
@ApiTags('ping')
@Controller('ping')
export class PingController {
  constructor(private readonly accept: AcceptService) {}

  /** Moves `last_seen_at` and the sessions of the contact. */
  @Post()
  @HttpCode(HttpStatus.ACCEPTED)
  @ApiAcceptedResponse({ description: 'Accepted; nothing is answered' })
  async create(
    @CurrentWorkspace() { workspaceId }: WorkspaceKey,
    @Body({ schema: ping }) body: PingBody,
  ): Promise<void> {
    const { created_at: createdAt, platform } = body;
    await this.accept.activity(workspaceId, { reference: referenceOf(body), createdAt, platform });
  }
}
