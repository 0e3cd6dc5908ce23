import { Body, Controller, HttpCode, HttpStatus, Post } from '@nestjs/common';
import { ApiAcceptedResponse, ApiTags } from '@nestjs/swagger';
import {
  type ActivitiesBody,
  type ActivityBody,
  activitySignal,
  type BulkReport,
  bulkReport as bulkAnswer,
  createActivities,
  createActivity,
  parse,
  readable,
  readItems,
} from '#contracts';
import type { WorkspaceKey } from '#database';
import { Activities } from '#pipeline';
import { Clock } from '#platform';
import { bulkReport } from '../http/bulk-report.js';
import { CurrentWorkspace } from '../http/current-workspace.decorator.js';

/** Signs of life, with all that a backend or a mobile app knows of them. */
@ApiTags('activities')
@Controller('activities')
export class ActivitiesController {
  constructor(
    private readonly activities: Activities,
    private readonly clock: Clock,
  ) {}

  /** Moves `last_seen_at` and the sessions of the contact, and of the companies that it names. */
  @Post()
  @HttpCode(HttpStatus.ACCEPTED)
  @ApiAcceptedResponse({ description: 'Accepted; nothing is answered' })
  async create(
    @CurrentWorkspace() { workspaceId }: WorkspaceKey,
    @Body({ schema: createActivity }) body: ActivityBody,
  ): Promise<void> {
    const [refused] = await this.activities.take(workspaceId, [activitySignal(body, this.clock.now())]);
    if (refused) throw refused;
  }

  /** Up to 100 activities, each accepted or refused by itself. */
  @Post('bulk')
  @HttpCode(HttpStatus.ACCEPTED)
  @ApiAcceptedResponse({ standardSchema: bulkAnswer })
  async createMany(
    @CurrentWorkspace() { workspaceId }: WorkspaceKey,
    @Body({ schema: createActivities }) body: ActivitiesBody,
  ): Promise<BulkReport> {
    const now = this.clock.now();
    const items = readItems(body.activities, (item) => activitySignal(parse(createActivity, item), now));
    return bulkReport(items, await this.activities.take(workspaceId, readable(items)));
  }
}
