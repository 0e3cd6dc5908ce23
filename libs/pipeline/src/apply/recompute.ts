import { Injectable } from '@nestjs/common';
import {
  type AttributeChange,
  AttributeHistoryRepository,
  EventRepository,
  type InboxRow,
  type Transaction,
} from '#database';
import {
  type ActivityUpdate,
  type AttributesUpdate,
  type Author,
  type Change,
  countEvent,
  type EventSummary,
  see,
  seedSummary,
  summaryChanges,
  type WrittenUpdate,
  writesOf,
} from '#domain';
import { writeContact } from '../accept/write-contact.js';
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
    private readonly history: AttributeHistoryRepository,
  ) {}

  async run(batch: Batch, tx: Transaction): Promise<void> {
    const touched = [...batch.contacts.values()];
    await this.summaries.load(
      touched.flatMap((contact) => eventNames(contact).map((name) => ({ contact, name }))),
      tx,
    );
    for (const contact of touched) {
      for (const row of contact.rows) fold(contact, row, batch);
    }
    await this.sessions.fold(batch, tx);
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
    await this.history.insert(touched.flatMap(historyOf), tx);
  }
}

const historyOf = ({ contact, history }: TouchedContact): AttributeChange[] =>
  history.map((change) => ({ ...change, contactId: contact.id, workspaceId: contact.workspaceId }));

const eventNames = ({ rows }: TouchedContact): string[] =>
  rows.flatMap(({ update }) => (update.kind === 'event' || update.kind === 'summary' ? [update.name] : []));

/** Writes from before who wrote was told came through the api. */
const SOMEBODY: Author = { source: 'api' };

/** What activities say of device and place. */
const ACTIVITY: Author = { source: 'activity' };

function fold(touched: TouchedContact, { update, acceptedAt }: InboxRow, batch: Batch): void {
  switch (update.kind) {
    case 'event':
      return sumUp(touched, update.name, (before) => countEvent(before, update.createdAt));
    case 'summary':
      return sumUp(touched, update.name, (before) => seedSummary(before, update));
    case 'attributes': {
      const changes = writeContact(touched.contact, writesOf(confirmed(touched, update)), update.at);
      touched.profileChanged = true;
      if (changes.length > 0) touched.contact.attributes['updated_at'] = batch.now;
      return touched.record(changes, { by: update.by ?? SOMEBODY, at: update.at });
    }
    case 'written':
      touched.created ||= update.created;
      touched.anew ||= update.created || update.anew === true;
      return written(touched, update, acceptedAt);
    case 'tick':
      return touched.dueSince(update.due);
    case 'activity':
      return witness(touched, update, batch);
  }
}

/** Last seen before an activity is as it was when the activity came, not as the batch leaves it. */
function witness(touched: TouchedContact, activity: ActivityUpdate, { companies }: Batch): void {
  const { contact } = touched;
  const { createdAt: at, companyIds = [] } = activity;
  const known = contact.attributes['last_seen_at'];
  const { seenBefore = typeof known === 'number' ? known : null } = activity;
  touched.seen.push({ at, lastSeenAt: seenBefore });
  touched.record(see(contact, activity), { by: ACTIVITY, at });
  touched.profileChanged = true;
  for (const id of companyIds) companies.see({ workspaceId: contact.workspaceId, id }, at);
}

/** What a contact is created with is no change. */
function written(
  touched: TouchedContact,
  { created, changed, by = SOMEBODY }: WrittenUpdate,
  at: number,
): void {
  const changes = Object.entries(changed).map(toChange);
  if (created) touched.note(changes);
  else touched.record(changes, { by, at });
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
