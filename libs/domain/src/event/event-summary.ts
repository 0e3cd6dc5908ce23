import type { Change, EventSummary } from '../contact/contact.js';

/** Counts an event in. The result does not depend on the order in which events arrive. `createdAt` in unix seconds. */
export function countEvent(summary: EventSummary | undefined, createdAt: number): EventSummary {
  if (!summary) return { count: 1, first: createdAt, last: createdAt };
  return {
    count: summary.count + 1,
    first: Math.min(summary.first, createdAt),
    last: Math.max(summary.last, createdAt),
  };
}

/** What changed for a filter between two summaries of one event name. */
export function summaryChanges(
  name: string,
  before: EventSummary | undefined,
  after: EventSummary,
): readonly Change[] {
  return [
    { key: `event:${name}:count`, before: before?.count ?? 0, after: after.count },
    { key: `event:${name}:first`, before: before?.first, after: after.first },
    { key: `event:${name}:last`, before: before?.last, after: after.last },
  ].filter((change) => change.before !== change.after);
}
