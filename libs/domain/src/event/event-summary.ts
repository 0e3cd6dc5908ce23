import type { Change, EventSummary } from '../contact/contact.js';
import type { EventHistory } from '../update/update.js';

/** Counts an event in. The result does not depend on the order in which events arrive. `createdAt` in unix seconds. */
export function countEvent(summary: EventSummary | undefined, createdAt: number): EventSummary {
  if (!summary) return { count: 1, first: createdAt, last: createdAt };
  return {
    ...summary,
    count: summary.count + 1,
    first: Math.min(summary.first, createdAt),
    last: Math.max(summary.last, createdAt),
  };
}

/**
 * Adds the history that a client tells of: how often it had happened before, first and last in unix seconds. The
 * highest count that was told holds, so that the same history counts once, and order makes no difference.
 */
export function seedSummary(summary: EventSummary | undefined, history: EventHistory): EventSummary {
  const { count = 0, first = Infinity, last = -Infinity, seeded = 0 } = summary ?? {};
  const more = Math.max(history.count - seeded, 0);
  return {
    count: count + more,
    first: Math.min(first, history.first),
    last: Math.max(last, history.last),
    seeded: seeded + more,
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
