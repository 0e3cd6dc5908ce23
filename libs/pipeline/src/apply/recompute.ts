import { Injectable } from '@nestjs/common';
import { EventRepository, type Transaction } from '#database';
import {
  type AttributesUpdate,
  type Change,
  countEvent,
  type EventSummary,
  seedSummary,
  summaryChanges,
  type Update,
  writeAttributes,
  writesOf,
} from '#domain';
import type { Batch, TouchedContact } from './batch.js';
import { EventSummaries } from './event-summaries.js';
import { Sessions } from './sessions.js';

/** Second step: pure folds, whose result does not depend on the order of arrival. */
@Injectable()
export class Recomputer {
  constructor(
    private readonly summaries: EventSummaries,
    private readonly sessions: Sessions,
    private readonly events: EventRepository,
  ) {}

  async run(batch: Batch, tx: Transaction): Promise<void> {
    const touched = [...batch.contacts.values()];
    await this.summaries.load(
      touched.flatMap((contact) => eventNames(contact).map((name) => ({ contact, name }))),
      tx,
    );
    for (const contact of touched) {
      for (const row of contact.rows) fold(contact, row.update, batch.now);
    }
    await this.sessions.fold(touched, tx);
    await this.save(touched, tx);
  }

  private async save(touched: readonly TouchedContact[], tx: Transaction): Promise<void> {
    const dirty = touched.flatMap(({ contact, events, dirtySummaries }) =>
      [...dirtySummaries].flatMap((name) => {
        const summary = events[name];
        return summary ? [{ contactId: contact.id, workspaceId: contact.workspaceId, name, ...summary }] : [];
      }),
    );
    await this.events.saveSummaries(dirty, tx);
  }
}

const eventNames = ({ rows }: TouchedContact): string[] =>
  rows.flatMap(({ update }) => (update.kind === 'event' || update.kind === 'summary' ? [update.name] : []));

function fold(touched: TouchedContact, update: Update, now: number): void {
  switch (update.kind) {
    case 'event':
      return sumUp(touched, update.name, (before) => countEvent(before, update.createdAt));
    case 'summary':
      return sumUp(touched, update.name, (before) => seedSummary(before, update));
    case 'attributes': {
      const changes = writeAttributes(touched.contact, writesOf(confirmed(touched, update)), update.at);
      touched.profileChanged = true;
      if (changes.length > 0) touched.contact.attributes['updated_at'] = now;
      return touched.note(changes);
    }
    case 'written':
      touched.created ||= update.created;
      touched.anew ||= update.created || update.anew === true;
      return touched.note(Object.entries(update.changed).map(toChange));
    case 'tick':
      return touched.dueSince(update.due);
    case 'activity':
      return;
  }
}

/** An address is only confirmed: a new one is written where it can be refused. */
function confirmed({ contact }: TouchedContact, update: AttributesUpdate): AttributesUpdate {
  const { email, ...attributes } = update.attributes;
  return email === undefined || email === contact.attributes['email'] ? update : { ...update, attributes };
}

function sumUp(
  touched: TouchedContact,
  name: string,
  add: (before: EventSummary | undefined) => EventSummary,
): void {
  const before = touched.events[name];
  const after = add(before);
  touched.events[name] = after;
  touched.dirtySummaries.add(name);
  touched.note(summaryChanges(name, before, after));
}

const toChange = ([key, [before, after]]: [
  string,
  readonly [Change['before'] | null, Change['after'] | null],
]): Change => ({
  key,
  before: before ?? undefined,
  after: after ?? undefined,
});
