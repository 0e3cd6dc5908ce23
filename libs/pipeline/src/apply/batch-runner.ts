import { Injectable } from '@nestjs/common';
import {
  Database,
  InboxRepository,
  type InboxRow,
  isTransient,
  type Lanes,
  MissingPartition,
} from '#database';
import { Logger, messageOf } from '#platform';
import { type Applied, ApplyService } from './apply.service.js';

/** Rows of one transaction at most: bigger batches are cheaper a row, and keep their contacts locked for longer. */
export const BATCH_ROWS = 1000;

export interface Ran {
  readonly rows: readonly InboxRow[];
  readonly applied: readonly Applied[];
}

/**
 * Runs batches, a transaction each. A row that cannot be applied never holds up the others: the batch is halved until
 * it is alone, and then it is set aside with its error.
 */
@Injectable()
export class BatchRunner {
  constructor(
    private readonly database: Database,
    private readonly inbox: InboxRepository,
    private readonly service: ApplyService,
    private readonly logger: Logger,
  ) {}

  /**
   * Applies the next rows of `lanes`, which are a part of `range`: none when another process has the range. Throws
   * when the database is away.
   */
  async next(range: Lanes, lanes: Lanes): Promise<Ran> {
    let rows: InboxRow[] = [];
    try {
      return await this.database.transaction(async (tx) => {
        rows = await this.inbox.take(range, lanes, { limit: BATCH_ROWS, tx });
        return { rows, applied: rows.length > 0 ? [await this.service.apply(rows, tx)] : [] };
      });
    } catch (error) {
      return { rows, applied: await this.afterFailure(rows, error) };
    }
  }

  private async attempt(rows: readonly InboxRow[]): Promise<Applied[]> {
    try {
      return await this.database.transaction(async (tx) => [
        await this.service.apply(await this.inbox.takeThese(rows, tx), tx),
      ]);
    } catch (error) {
      return this.afterFailure(rows, error);
    }
  }

  private async afterFailure(rows: readonly InboxRow[], error: unknown): Promise<Applied[]> {
    if (error instanceof MissingPartition) {
      await this.service.prepare(error);
      return this.attempt(rows);
    }
    const [row, ...others] = rows;
    if (!row || isTransient(error)) throw error;
    if (others.length === 0) return this.setAside(row, error);
    const middle = Math.ceil(rows.length / 2);
    return [...(await this.attempt(rows.slice(0, middle))), ...(await this.attempt(rows.slice(middle)))];
  }

  private async setAside(row: InboxRow, error: unknown): Promise<Applied[]> {
    this.logger.failure('set aside', error);
    return this.database.transaction(async (tx) => {
      const [taken] = await this.inbox.takeThese([row], tx);
      if (!taken || (await this.service.setAside(taken, messageOf(error), tx))) return [];
      return [await this.service.apply([taken], tx)];
    });
  }
}
