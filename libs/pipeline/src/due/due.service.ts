import { type BeforeApplicationShutdown, Injectable, type OnApplicationBootstrap } from '@nestjs/common';
import { ContactRepository } from '#database';
import { Clock, Logger, Loop } from '#platform';
import { LaneRanges } from '../lane-ranges.js';

/** Contacts that one statement moves into the inbox at most. */
const PAGE = 1000;

/**
 * How long to sleep at most, in milliseconds. This process hears of every due time that it writes; this is for those
 * written by one that died before it slept.
 */
const LONGEST_SLEEP_MS = 1_000;

/** Puts contacts whose next due time has come into the inbox, sleeping until the earliest one. */
@Injectable()
export class DueService implements OnApplicationBootstrap, BeforeApplicationShutdown {
  private readonly loop: Loop;
  /** When the loop will look next, and the earliest time it was told of since it last looked, in unix seconds. */
  private wakesAt = 0;
  private expected = Infinity;

  constructor(
    private readonly contacts: ContactRepository,
    private readonly ranges: LaneRanges,
    private readonly clock: Clock,
    logger: Logger,
  ) {
    this.loop = new Loop('due', () => this.tick(), logger);
  }

  onApplicationBootstrap(): void {
    this.loop.start();
  }

  beforeApplicationShutdown(): Promise<void> {
    return this.loop.stop();
  }

  /** A contact will be due at this time (unix seconds). */
  expect(at: number): void {
    this.expected = Math.min(this.expected, at);
    if (at < this.wakesAt) this.loop.wake();
  }

  private async tick(): Promise<number> {
    this.expected = Infinity;
    const lanes = await this.contacts.takeDue(PAGE);
    this.ranges.hint(lanes);
    if (lanes.length === PAGE) return 0;
    const untilStored = (await this.contacts.untilDue()) ?? Infinity;
    const seconds = Math.min(untilStored, this.expected - this.clock.now());
    const restMs = Math.min(Math.max(seconds * 1000, 0), LONGEST_SLEEP_MS);
    this.wakesAt = this.clock.now() + restMs / 1000;
    return restMs;
  }
}
