import { type BeforeApplicationShutdown, Injectable, type OnApplicationBootstrap } from '@nestjs/common';
import { Database, ExportWorkRepository, isTransient, type Transaction } from '#database';
import type { Id } from '#domain';
import { Logger, Loop, messageOf } from '#platform';
import { ExportPage } from './export-page.js';

/** Between looks for exports whose hint was lost, or whose worker died, in milliseconds. */
const SWEEP_MS = 1_000;

/** Writes exports, a page a transaction, so that a worker that dies loses one page of work at most. */
@Injectable()
export class ExportService implements OnApplicationBootstrap, BeforeApplicationShutdown {
  private readonly loop: Loop;
  private stopping = false;

  constructor(
    private readonly database: Database,
    private readonly exports: ExportWorkRepository,
    private readonly page: ExportPage,
    private readonly logger: Logger,
  ) {
    this.loop = new Loop('export', () => this.sweep(), logger);
  }

  onApplicationBootstrap(): void {
    this.loop.start();
  }

  async beforeApplicationShutdown(): Promise<void> {
    this.stopping = true;
    await this.loop.stop();
  }

  /** Goes on where the export stands, until it is done, canceled, or another process has it. */
  async run(exportId: Id): Promise<void> {
    let more = true;
    while (more && !this.stopping) more = await this.attempt(exportId);
  }

  private async sweep(): Promise<number> {
    for (const exportId of await this.exports.unfinished()) await this.run(exportId);
    await this.exports.deleteExpired();
    return SWEEP_MS;
  }

  private async attempt(exportId: Id): Promise<boolean> {
    try {
      return await this.database.transaction((tx) => this.step(exportId, tx));
    } catch (error) {
      if (isTransient(error)) throw error;
      this.logger.failure('export', error);
      await this.exports.fail(exportId, messageOf(error));
      return false;
    }
  }

  private async step(exportId: Id, tx: Transaction): Promise<boolean> {
    const work = await this.exports.claim(exportId, tx);
    if (!work) return false;
    const { rows, next, content } = await this.page.make(work, tx);
    if (content) await this.exports.addContent(work, content, tx);
    await this.exports.advance(exportId, { rows, next }, tx);
    return next !== null;
  }
}
