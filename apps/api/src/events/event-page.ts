import type { EventList, ListEventsQuery } from '#contracts';
import type { EventPosition } from '#database';
import { type Contact, eventObject, type Id, type RecordedEvent } from '#domain';

/** A page as it was asked for: under which URL, and of whom. */
export interface AskedPage {
  readonly url: string;
  readonly query: ListEventsQuery;
  readonly contact: Contact;
}

/** Where a page begins or ends; null where the query does not say. */
export function positionOf(milliseconds: number | undefined, id: Id | undefined): EventPosition | null {
  return milliseconds === undefined ? null : { at: milliseconds / 1000, id: id ?? null };
}

/** A page of events on the wire. `rows` are one more than a page holds when there is a next one. */
export function eventPage(page: AskedPage, rows: readonly RecordedEvent[]): EventList {
  const { query, contact } = page;
  const shown = rows.slice(0, query.per_page);
  const [newest, oldest] = [shown[0], shown.at(-1)];
  const hasNext = rows.length > shown.length && oldest !== undefined;
  return {
    type: 'event.list',
    events: shown.map((event) => eventObject(event, contact)),
    pages: {
      next: hasNext ? urlOf(page, { ...newerThan(query), ...bound('before', oldest) }) : null,
      since: urlOf(page, newest ? bound('since', newest) : newerThan(query)),
    },
  };
}

type Bounds = Record<string, string | number>;

const bound = (side: 'before' | 'since', event: RecordedEvent): Bounds => ({
  [side]: event.createdAt * 1000,
  [`${side}_id`]: event.id,
});

const newerThan = ({ since, since_id: id }: ListEventsQuery): Bounds => ({
  ...(since === undefined ? {} : { since }),
  ...(id === undefined ? {} : { since_id: id }),
});

function urlOf({ url, query, contact }: AskedPage, bounds: Bounds): string {
  const parameters = { type: 'user', intercom_user_id: contact.id, per_page: query.per_page, ...bounds };
  const pairs = Object.entries(parameters).map(([name, value]) => [name, String(value)]);
  return `${url}?${new URLSearchParams(pairs)}`;
}
