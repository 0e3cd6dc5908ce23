import { type BeforeApplicationShutdown, Injectable, type OnApplicationBootstrap } from '@nestjs/common';
import { BackfillRepository, Database, type Transaction } from '#database';
import type { Id } from '#domain';
import { Logger, Loop } from '#platform';
import { BackfillPage } from './backfill-page.js';

/** Between looks for back-fills whose hint was lost, or whose worker died, in milliseconds. */
const SWEEP_MS = 1_000;

/** Memberships of removed segments that one statement deletes. */
const EMPTIED = 5_000;

/**
 * Works out the members of new and changed segments, page by page, while fresh updates go on. It tells nobody: a
 * contact that matched before the segment was there did not enter it.
 */
@Injectable()
export class BackfillService implements OnApplicationBootstrap, BeforeApplicationShutdown {
  private readonly loop: Loop;
  private stopping = false;

  constructor(
    private readonly database: Database,
    private readonly backfills: BackfillRepository,
    private readonly page: BackfillPage,
    logger: Logger,
  ) {
    this.loop = new Loop('backfill', () => this.sweep(), logger);
  }

  onApplicationBootstrap(): void {
    this.loop.start();
  }

  async beforeApplicationShutdown(): Promise<void> {
    this.stopping = true;
    await this.loop.stop();
  }

  /** Goes on where the back-fill stands, until it is done or another process has it. */
  async run(segmentId: Id): Promise<void> {
    let more = true;
    while (more && !this.stopping) more = await this.database.transaction((tx) => this.step(segmentId, tx));
  }

  private async sweep(): Promise<number> {
    for (const segmentId of await this.backfills.unfinished()) await this.run(segmentId);
    const emptied = await this.backfills.emptyRemoved(EMPTIED);
    return emptied === EMPTIED ? 0 : SWEEP_MS;
  }

  private async step(segmentId: Id, tx: Transaction): Promise<boolean> {
    const backfill = await this.backfills.claim(segmentId, tx);
    if (!backfill) return false;
    if (!backfill.started) await this.backfills.start(backfill, tx);
    const page = await this.page.work(backfill, tx);
    await this.backfills.advance(segmentId, page, tx);
    return page.length > 0;
  }
}
