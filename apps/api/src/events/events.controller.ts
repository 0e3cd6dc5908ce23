import { Body, Controller, Headers, HttpCode, HttpStatus, Post } from '@nestjs/common';
import { ApiAcceptedResponse, ApiHeader, ApiTags } from '@nestjs/swagger';
import {
  acceptedEvent,
  type BulkReport,
  bulkReport as bulkAnswer,
  createEvent,
  createEvents,
  type EventBody,
  type EventsBody,
  parse,
  readable,
  readItems,
} from '#contracts';
import type { WorkspaceKey } from '#database';
import { AcceptService } from '#pipeline';
import { bulkReport } from '../http/bulk-report.js';
import { CurrentWorkspace } from '../http/current-workspace.decorator.js';

/** Events: accepted means that they survive a crash, not that they are applied. */
@ApiTags('events')
@Controller('events')
export class EventsController {
  constructor(private readonly accept: AcceptService) {}

  @Post()
  @HttpCode(HttpStatus.ACCEPTED)
  @ApiHeader({ name: 'Idempotency-Key', required: false, description: 'The same as `dedupe_key`' })
  @ApiAcceptedResponse({ description: 'Accepted; nothing is answered' })
  async create(
    @CurrentWorkspace() { workspaceId }: WorkspaceKey,
    @Body({ schema: createEvent }) body: EventBody,
    @Headers('idempotency-key') key: string | undefined,
  ): Promise<void> {
    await this.accept.event(workspaceId, acceptedEvent(body, key));
  }

  /** Up to 100 events, each accepted or refused by itself. */
  @Post('bulk')
  @HttpCode(HttpStatus.ACCEPTED)
  @ApiAcceptedResponse({ standardSchema: bulkAnswer })
  async createMany(
    @CurrentWorkspace() { workspaceId }: WorkspaceKey,
    @Body({ schema: createEvents }) body: EventsBody,
  ): Promise<BulkReport> {
    const items = readItems(body.events, (item) => acceptedEvent(parse(createEvent, item)));
    return bulkReport(items, await this.accept.events(workspaceId, readable(items)));
  }
}
