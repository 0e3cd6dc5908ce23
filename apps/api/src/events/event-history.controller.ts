import { Body, Controller, Get, HttpCode, Post, Query } from '@nestjs/common';
import { ApiOkResponse, ApiTags } from '@nestjs/swagger';
import { z } from 'zod';
import {
  type EventList,
  eventList,
  eventSummary,
  type EventSummaryAnswer,
  listEvents,
  type ListEventsQuery,
  referenceOf,
  seedSummaries,
  type SeedSummariesBody,
} from '#contracts';
import { EventLogRepository, type WorkspaceKey } from '#database';
import { AcceptService, ContactFinder } from '#pipeline';
import { BaseUrl } from '../http/base-url.decorator.js';
import { CurrentWorkspace } from '../http/current-workspace.decorator.js';
import { eventPage, positionOf } from './event-page.js';
import { eventSummaryObject } from './event-summary-object.js';

/** What contacts did: event by event, or summed up by name. */
@ApiTags('events')
@Controller('events')
export class EventHistoryController {
  constructor(
    private readonly contacts: ContactFinder,
    private readonly events: EventLogRepository,
    private readonly accept: AcceptService,
  ) {}

  /** Newest first, without a limit in time. */
  @Get()
  @ApiOkResponse({ standardSchema: z.union([eventList, eventSummary]) })
  async list(
    @CurrentWorkspace() { workspaceId }: WorkspaceKey,
    @Query({ schema: listEvents }) query: ListEventsQuery,
    @BaseUrl() baseUrl: string,
  ): Promise<EventList | EventSummaryAnswer> {
    const contact = await this.contacts.named(
      workspaceId,
      referenceOf({ ...query, id: query.intercom_user_id }),
    );
    if (query.summary)
      return eventSummaryObject(contact, await this.events.summaries(workspaceId, contact.id));
    const before = positionOf(query.before, query.before_id);
    const since = positionOf(query.since, query.since_id);
    const page = { workspaceId, contactId: contact.id, before, since };
    const rows = await this.events.list(page, query.per_page + 1);
    return eventPage({ url: `${baseUrl}/events`, query, contact }, rows);
  }

  /** Tells what a contact had done before: it counts as if it had been recorded. Telling it again changes nothing. */
  @Post('summaries')
  @HttpCode(200)
  @ApiOkResponse({ description: 'Accepted; nothing is answered' })
  async seed(
    @CurrentWorkspace() { workspaceId }: WorkspaceKey,
    @Body({ schema: seedSummaries }) body: SeedSummariesBody,
  ): Promise<void> {
    const histories = body.event_summaries.map(({ event_name: name, ...history }) => ({ name, ...history }));
    await this.accept.history(workspaceId, referenceOf(body), histories);
  }
}
