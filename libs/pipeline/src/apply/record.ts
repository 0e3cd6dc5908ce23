import { Injectable } from '@nestjs/common';
import {
  ContactRepository,
  EventRepository,
  type InboxRow,
  type MissingPartition,
  type NewEvent,
  type Transaction,
} from '#database';
import type { EventUpdate, Id } from '#domain';
import { Workspaces } from '../rules/workspaces.js';
import { type Batch, TouchedContact } from './batch.js';
import { CompanyMoves } from './company-moves.js';
import { Heirs } from './heirs.js';

/** First step: the contacts are locked and what happened is written down, once. */
@Injectable()
export class Recorder {
  constructor(
    private readonly contacts: ContactRepository,
    private readonly events: EventRepository,
    private readonly workspaces: Workspaces,
    private readonly heirs: Heirs,
  ) {}

  /** Makes what a batch was missing, in transactions of its own. */
  prepare(missing: MissingPartition): Promise<void> {
    return this.events.preparePartitions(missing.times);
  }

  async run(rows: readonly InboxRow[], tx: Transaction): Promise<Batch> {
    const ids = [...new Set(rows.map((row) => row.contactId))];
    const locked = await this.contacts.lock(ids, tx);
    const { now, workspaces } = await this.workspaces.load(rows, tx);
    const contacts = new Map(locked.map((contact) => [contact.id, new TouchedContact(contact)]));
    const recorded = await this.events.insert(newEvents(rows, contacts), tx);
    for (const row of rows) {
      if (row.update.kind !== 'event' || recorded.has(row.update.id))
        contacts.get(row.contactId)?.rows.push(row);
    }
    const orphans = rows.filter((row) => !contacts.has(row.contactId));
    const heirs = await this.heirs.handOn(orphans, tx);
    return { contacts, now, workspaces, companies: new CompanyMoves(), heirs };
  }
}

function newEvents(rows: readonly InboxRow[], contacts: ReadonlyMap<Id, TouchedContact>): NewEvent[] {
  return rows
    .filter((row): row is InboxRow & { update: EventUpdate } => row.update.kind === 'event')
    .filter((row) => contacts.has(row.contactId))
    .map(({ update, ...row }) => ({ ...row, ...update }));
}
