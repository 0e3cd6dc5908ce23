import { Injectable } from '@nestjs/common';
import { InboxRepository, type InboxRow, RedirectRepository, type Transaction } from '#database';
import type { Id, Update } from '#domain';

/** That a contact was written, and its clock, end with it; what it did, or was said of it, lives on. */
const MORTAL: ReadonlySet<Update['kind']> = new Set(['written', 'tick']);

/**
 * Updates of contacts that are gone since they were accepted. Those of a merged contact go back into the inbox for the
 * contact that took it in. Those of an erased one are forgotten: nothing of it may be kept.
 */
@Injectable()
export class Heirs {
  constructor(
    private readonly redirects: RedirectRepository,
    private readonly inbox: InboxRepository,
  ) {}

  /** Answers with the contacts who have rows now. */
  async handOn(orphans: readonly InboxRow[], tx: Transaction): Promise<Set<Id>> {
    if (orphans.length === 0) return new Set();
    const heirs = await this.redirects.resolve(
      orphans.map((row) => row.contactId),
      tx,
    );
    const rows = orphans.flatMap(({ workspaceId, contactId: gone, update }) => {
      const contactId = MORTAL.has(update.kind) ? undefined : heirs.get(gone);
      return contactId === undefined ? [] : [{ workspaceId, contactId, update }];
    });
    await this.inbox.append(rows, tx);
    return new Set(rows.map((row) => row.contactId));
  }
}
