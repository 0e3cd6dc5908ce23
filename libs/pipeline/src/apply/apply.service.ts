import { Injectable } from '@nestjs/common';
import {
  ContactRepository,
  InboxRepository,
  type InboxRow,
  type MissingPartition,
  type Transaction,
} from '#database';
import type { Id } from '#domain';
import type { Batch } from './batch.js';
import { Saver } from './save.js';
import { Steps } from './steps.js';

/** What is left to do when a batch has committed. */
export interface Applied {
  /** Endpoints that have something to deliver. */
  readonly endpointIds: ReadonlySet<Id>;
  /** The earliest due time that was written, in unix seconds. */
  readonly nextDue: number | null;
  /** Contacts who have rows in the inbox now. */
  readonly heirs: ReadonlySet<Id>;
}

/** Applies a batch of updates in the caller's transaction: record, recompute, evaluate, notify. */
@Injectable()
export class ApplyService {
  constructor(
    private readonly steps: Steps,
    private readonly saver: Saver,
    private readonly contacts: ContactRepository,
    private readonly inbox: InboxRepository,
  ) {}

  /** Makes what a batch was missing, in transactions of its own. */
  prepare(missing: MissingPartition): Promise<void> {
    return this.steps.record.prepare(missing);
  }

  async apply(rows: readonly InboxRow[], tx: Transaction): Promise<Applied> {
    const { record, recompute, evaluate, notify } = this.steps;
    const batch = await record.run(rows, tx);
    await recompute.run(batch, tx);
    const transitions = await evaluate.run(batch, tx);
    const endpointIds = await notify.run(batch, transitions, tx);
    await this.saver.run(batch, tx);
    return { endpointIds, nextDue: earliestDue(batch), heirs: batch.heirs };
  }

  /**
   * Sets a row aside that cannot be applied. False, and nothing done, when its contact is gone: then it can be.
   * The contact is held, so that nobody erases it meanwhile.
   */
  async setAside(row: InboxRow, error: string, tx: Transaction): Promise<boolean> {
    const [contact] = await this.contacts.lock([row.contactId], tx);
    if (!contact) return false;
    await this.inbox.setAside([{ row, error }], tx);
    return true;
  }
}

function earliestDue({ contacts }: Batch): number | null {
  const due = [...contacts.values()].filter(({ marksChanged }) => marksChanged);
  const times = due.flatMap(({ contact }) => contact.nextDueAt ?? []);
  return times.length > 0 ? Math.min(...times) : null;
}
