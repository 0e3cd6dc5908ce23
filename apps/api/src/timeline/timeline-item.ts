import { timelineItem, type TimelineItem } from '#contracts';
import type { TimelineEntry } from '#database';
import { type Contact, eventObject, type RecordedEvent } from '#domain';

/** An entry of a contact's timeline on the wire. */
export function timelineItemOf({ kind, at, item }: TimelineEntry, contact: Contact): TimelineItem {
  if (kind === 'event') return eventObject({ ...item, createdAt: at } as RecordedEvent, contact);
  return timelineItem.parse({ type: kind, ...SHAPES[kind](at, item) });
}

type Item = TimelineEntry['item'];

const SHAPES = {
  session: (at: number, { platform, endedAt }: Item) => ({ platform, started_at: at, ended_at: endedAt }),
  attribute_change: (at: number, { name, from, to, source, adminId }: Item) => ({
    name,
    from,
    to,
    source,
    admin_id: typeof adminId === 'number' ? `${adminId}` : null,
    changed_at: at,
  }),
  segment_transition: (at: number, { segmentId, segmentName, entered, reason, noticedAt }: Item) => ({
    segment: { type: 'segment', id: segmentId, name: segmentName },
    entered,
    reason,
    crossed_at: at,
    noticed_at: noticedAt,
  }),
};
