import type { InboxRow } from '#database';
import { contactObject, eventObject, type EventUpdate, type Topic } from '#domain';
import type { Workspace } from '../rules/workspace.js';
import type { TouchedContact, Transition } from './batch.js';

/** Something to tell about a contact. The data is made only when somebody listens. */
interface Happening {
  readonly topic: Topic;
  readonly data: () => object;
}

interface What {
  readonly touched: TouchedContact;
  readonly workspace: Workspace;
  readonly transitions: readonly Transition[];
  readonly now: number;
}

/** All that a batch has to tell about a contact, in the order in which a receiver understands it. */
export function happenings(what: What): Happening[] {
  const { touched, workspace } = what;
  const contact = once(() => contactObject(touched.contact, workspace.appId));
  return [...profile(touched, contact), ...events(touched, contact), ...memberships(what, contact)];
}

function profile(touched: TouchedContact, contact: () => object): Happening[] {
  const role = touched.contact.attributes['role'] === 'lead' ? 'lead' : 'user';
  const written = touched.rows.some(
    ({ update }) => update.kind === 'written' || update.kind === 'attributes',
  );
  if (touched.created) return [{ topic: `contact.${role}.created`, data: () => ({ contact: contact() }) }];
  if (!written || touched.changes.size === 0) return [];
  return [{ topic: `contact.${role}.updated`, data: () => ({ contact: contact() }) }];
}

function events(touched: TouchedContact, contact: () => object): Happening[] {
  const isEvent = (row: InboxRow): row is InboxRow & { update: EventUpdate } => row.update.kind === 'event';
  return touched.rows.filter(isEvent).map(({ update }) => ({
    topic: 'event.created',
    data: () => ({ event: eventObject(update, touched.contact), contact: contact() }),
  }));
}

function memberships({ workspace, transitions, now }: What, contact: () => object): Happening[] {
  return transitions.map(({ rule, entered, reason, crossedAt }) => ({
    topic: entered ? 'segment.entered' : 'segment.left',
    data: () => ({
      segment: { id: rule.id, name: workspace.segmentNames.get(rule.id) ?? '' },
      contact: contact(),
      reason,
      crossed_at: crossedAt,
      noticed_at: now,
    }),
  }));
}

function once<T>(make: () => T): () => T {
  let made: { readonly value: T } | undefined;
  return () => (made ??= { value: make() }).value;
}
