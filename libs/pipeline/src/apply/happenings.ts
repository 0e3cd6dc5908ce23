import type { InboxRow } from '#database';
import { eventObject, type EventUpdate, type Topic } from '#domain';
import type { Workspace } from '../rules/workspace.js';
import type { TouchedContact, Transition } from './batch.js';

/** Something to tell about a contact. The data is made, of the contact's object, only when somebody listens. */
export interface Happening {
  readonly topic: Topic;
  readonly data: (contact: object) => object;
}

interface What {
  readonly touched: TouchedContact;
  readonly workspace: Workspace;
  readonly transitions: readonly Transition[];
  readonly now: number;
}

/** All that a batch has to tell about a contact, in the order in which a receiver understands it. */
export function happenings(what: What): Happening[] {
  return [...profile(what.touched), ...events(what.touched), ...memberships(what)];
}

/** A visitor is nobody yet: to be told of, it has to become a lead or a user, and then it is new. */
function profile(touched: TouchedContact): Happening[] {
  const { role } = touched.contact.attributes;
  if (role !== 'user' && role !== 'lead') return [];
  const created = touched.created || touched.changes.get('role')?.before === 'visitor';
  const written = touched.rows.some(
    ({ update }) => update.kind === 'written' || update.kind === 'attributes',
  );
  if (created) return [{ topic: `contact.${role}.created`, data: (contact) => ({ contact }) }];
  if (!written || touched.changes.size === 0) return [];
  return [{ topic: `contact.${role}.updated`, data: (contact) => ({ contact }) }];
}

function events(touched: TouchedContact): Happening[] {
  const isEvent = (row: InboxRow): row is InboxRow & { update: EventUpdate } => row.update.kind === 'event';
  return touched.rows.filter(isEvent).map(({ update }) => ({
    topic: 'event.created',
    data: (contact) => ({ event: eventObject(update, touched.contact), contact }),
  }));
}

function memberships({ workspace, transitions, now }: What): Happening[] {
  return transitions.map(({ rule, entered, reason, crossedAt }) => ({
    topic: entered ? 'segment.entered' : 'segment.left',
    data: (contact) => ({
      segment: { id: rule.id, name: workspace.segmentNames.get(rule.id) ?? '' },
      contact,
      reason,
      crossed_at: crossedAt,
      noticed_at: now,
    }),
  }));
}
