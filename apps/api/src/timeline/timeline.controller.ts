import { Controller, Get, Param, Query } from '@nestjs/common';
import { ApiOkResponse, ApiTags } from '@nestjs/swagger';
import { listTimeline, type ListTimelineQuery, timeline, type Timeline } from '#contracts';
import { TimelineRepository, type WorkspaceKey } from '#database';
import { ContactFinder } from '#pipeline';
import { CurrentWorkspace } from '../http/current-workspace.decorator.js';
import { readTimelineCursor, timelineCursor } from './timeline-cursor.js';
import { timelineItemOf } from './timeline-item.js';

/** All that became of a contact. */
@ApiTags('contacts')
@Controller('contacts/:id/timeline')
export class TimelineController {
  constructor(
    private readonly contacts: ContactFinder,
    private readonly entries: TimelineRepository,
  ) {}

  /** Its sessions, events, attribute changes and segments, newest first. What comes meanwhile moves no page. */
  @Get()
  @ApiOkResponse({ standardSchema: timeline })
  async list(
    @CurrentWorkspace() { workspaceId }: WorkspaceKey,
    @Param('id') id: string,
    @Query({ schema: listTimeline }) { types: kinds, per_page, starting_after }: ListTimelineQuery,
  ): Promise<Timeline> {
    const contact = await this.contacts.find(workspaceId, id);
    const page = { workspaceId, contactId: contact.id, kinds, before: readTimelineCursor(starting_after) };
    const found = await this.entries.list(page, per_page + 1);
    const shown = found.slice(0, per_page);
    const last = found.length > per_page ? shown.at(-1) : undefined;
    return {
      type: 'list',
      data: shown.map((entry) => timelineItemOf(entry, contact)),
      pages: { type: 'pages', per_page, next: last ? { starting_after: timelineCursor(last) } : null },
    };
  }
}
