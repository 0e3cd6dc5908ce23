import type { EventSummaryAnswer } from '#contracts';
import { type Contact, type EventHistory, namesOf } from '#domain';

/** Event summaries of a contact on the wire. Nobody describes event names yet. */
export function eventSummaryObject(contact: Contact, summaries: readonly EventHistory[]): EventSummaryAnswer {
  return {
    type: 'event.summary',
    ...namesOf(contact),
    events: summaries.map(({ name, count, first, last }) => ({
      name,
      first: isoOf(first),
      last: isoOf(last),
      count,
      description: '',
    })),
  };
}

const isoOf = (at: number): string => new Date(at * 1000).toISOString();
