import { Injectable } from '@nestjs/common';
import { InboxRepository, isTransient, type NewInboxRow, type Transaction } from '#database';
import { DomainError } from '#domain';
import { LaneRanges } from '../lane-ranges.js';
import { MicroBatch } from '../micro-batch.js';

/** The door of the inbox: appends that come together share one commit, and the hint goes out after it. */
@Injectable()
export class InboxService {
  private readonly appends: MicroBatch<readonly NewInboxRow[], undefined>;

  constructor(
    private readonly inbox: InboxRepository,
    private readonly ranges: LaneRanges,
  ) {
    this.appends = new MicroBatch(
      async (groups) => {
        const rows = groups.flat();
        await inbox.append(rows);
        this.hint(rows);
        return groups.map(() => undefined);
      },
      (rows) => rows.length,
    );
  }

  /** Resolves when the rows are committed: they are accepted, all or none. */
  async append(rows: readonly NewInboxRow[]): Promise<void> {
    try {
      await this.appends.add(rows);
    } catch (error) {
      throw isTransient(error)
        ? new DomainError('service_unavailable', 'Nothing was accepted: the database is away. Try again')
        : error;
    }
  }

  /** Appends rows to what the caller's transaction accepts. The caller hints when it has committed. */
  appendWithin(tx: Transaction, rows: readonly NewInboxRow[]): Promise<void> {
    return this.inbox.append(rows, tx);
  }

  /** Says that the rows' lanes have work. */
  hint(rows: readonly Pick<NewInboxRow, 'contactId'>[]): void {
    this.ranges.hintContacts(rows.map((row) => row.contactId));
  }
}
