import { type BeforeApplicationShutdown, Injectable, type OnApplicationBootstrap } from '@nestjs/common';
import { InboxRepository } from '#database';
import { Logger, Loop } from '#platform';
import { LaneRanges } from '../lane-ranges.js';
import { ApplyLanes } from './apply-lanes.js';

/** Half a second to a second between sweeps, so that processes do not sweep in step. */
const restMs = (): number => 500 + Math.random() * 500;

/** What has waited for longer than this is applied here and now, whatever the queue says, in seconds. */
const OVERDUE = 2;

/** Finds work whose hint was lost: hints again, and after two seconds does it itself. */
@Injectable()
export class ApplySweeper implements OnApplicationBootstrap, BeforeApplicationShutdown {
  private readonly loop: Loop;

  constructor(
    private readonly inbox: InboxRepository,
    private readonly ranges: LaneRanges,
    private readonly lanes: ApplyLanes,
    logger: Logger,
  ) {
    this.loop = new Loop('apply sweep', () => this.sweep(), logger);
  }

  onApplicationBootstrap(): void {
    this.loop.start();
  }

  async beforeApplicationShutdown(): Promise<void> {
    this.lanes.stop();
    await this.loop.stop();
  }

  private async sweep(): Promise<number> {
    const waiting = await this.inbox.waiting();
    const overdue = waiting.filter(({ seconds }) => seconds > OVERDUE);
    this.ranges.hint(waiting.map(({ lane }) => lane));
    for (const range of this.ranges.of(overdue.map(({ lane }) => lane))) await this.lanes.drain(range);
    return restMs();
  }
}
