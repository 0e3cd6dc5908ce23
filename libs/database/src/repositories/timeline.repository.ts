import { Injectable } from '@nestjs/common';
import { type Id, laneOf } from '#domain';
import { bytes, Database } from '../database.js';

/** What a timeline holds. Of one instant, a later kind stands before an earlier one. */
export const TIMELINE_KINDS = ['session', 'event', 'attribute_change', 'segment_transition'] as const;
export type TimelineKind = (typeof TIMELINE_KINDS)[number];

/** Where an entry stands: its time in unix seconds, its kind, and its name among those of its kind and instant. */
export interface TimelinePosition {
  readonly at: number;
  readonly kind: TimelineKind;
  readonly key: string;
}

/** One entry of a timeline; what `item` holds, its kind says. */
export interface TimelineEntry extends TimelinePosition {
  readonly item: Readonly<Record<string, unknown>>;
}

/** Which entries of a contact: of these kinds, and older than a position. */
export interface TimelinePage {
  readonly workspaceId: number;
  readonly contactId: Id;
  readonly kinds: readonly TimelineKind[];
  readonly before: TimelinePosition | null;
}

/** No key sorts before the first, none after the second. */
const FIRST_KEY = '';
const LAST_KEY = '~';

/** Which rows are whose: lane, contact and workspace. */
const MINE = 'lane = $1 AND contact_id = $2 AND workspace_id = $3';

interface Kind {
  /** @param newest what keeps the rows that stand behind the position, newest first, and no more than a page holds */
  readonly from: (newest: string) => string;
  readonly at: string;
  readonly key: string;
  readonly item: string;
}

const KINDS: Readonly<Record<TimelineKind, Kind>> = {
  session: {
    from: (newest) => `session WHERE ${MINE} ${newest}`,
    at: 'started_at',
    key: 'platform',
    item: `'platform', platform, 'endedAt', extract(epoch FROM ended_at)::float8`,
  },
  // By name, for so the primary key leads to the newest of each.
  event: {
    from: (newest) => `event_summary s CROSS JOIN LATERAL (
      SELECT * FROM event e WHERE e.lane = s.lane AND e.contact_id = s.contact_id AND e.name = s.name ${newest}) AS e
      WHERE s.lane = $1 AND s.contact_id = $2 AND s.workspace_id = $3`,
    at: 'e.created_at',
    key: `encode(e.id, 'hex')`,
    item: `'id', encode(e.id, 'hex'), 'name', e.name, 'metadata', e.metadata`,
  },
  attribute_change: {
    from: (newest) => `attribute_change WHERE ${MINE} ${newest}`,
    at: 'changed_at',
    key: `lpad(id::text, 20, '0')`,
    item: `'name', key, 'from', before, 'to', after, 'source', source, 'adminId', admin_id`,
  },
  segment_transition: {
    from: (newest) =>
      `(SELECT * FROM segment_transition AS t WHERE ${MINE} ${newest}) AS t JOIN segment ON segment.id = segment_id`,
    at: 'crossed_at',
    key: `lpad(t.id::text, 20, '0')`,
    item: `'segmentId', encode(segment_id, 'hex'), 'segmentName', segment.name, 'entered', entered, 'reason', reason,
           'noticedAt', extract(epoch FROM noticed_at)::float8`,
  },
};

/** The newest rows of one kind that stand behind a position: `$6` and on say behind which key, by kind. */
function newestOf(kind: TimelineKind, order: number): string {
  const { from, at, key, item } = KINDS[kind];
  const sorted = `(${key}) COLLATE "C"`;
  const rows = from(`
    AND ${order} = ANY($${6 + TIMELINE_KINDS.length})
    AND ${at} <= to_timestamp($5) AND (${at}, ${sorted}) < (to_timestamp($5), $${6 + order})
    ORDER BY ${at} DESC, ${sorted} DESC LIMIT $4`);
  return `(SELECT ${order} AS kind, ${at} AS at, ${sorted} AS key, jsonb_build_object(${item}) AS item FROM ${rows})`;
}

const LIST = `
  SELECT kind, extract(epoch FROM at)::float8 AS at, key, item
  FROM (${TIMELINE_KINDS.map(newestOf).join('\n  UNION ALL ')}) AS entries
  ORDER BY entries.at DESC, kind DESC, key COLLATE "C" DESC LIMIT $4`;

/** All that became of a contact, in one list. */
@Injectable()
export class TimelineRepository {
  constructor(private readonly database: Database) {}

  /** Newest first. A page costs the same wherever it begins: each kind is read along its index, and no further. */
  async list(page: TimelinePage, limit: number): Promise<TimelineEntry[]> {
    const { workspaceId, contactId, kinds, before } = page;
    const rows = await this.database.query<Omit<TimelineEntry, 'kind'> & { kind: number }>(LIST, [
      laneOf(contactId),
      bytes(contactId),
      workspaceId,
      limit,
      before?.at ?? Infinity,
      ...TIMELINE_KINDS.map((kind) => boundOf(kind, before)),
      kinds.map((kind) => TIMELINE_KINDS.indexOf(kind)),
    ]);
    return rows.map(({ kind, ...entry }) => ({ ...entry, kind: TIMELINE_KINDS[kind] ?? 'event' }));
  }
}

/** Of the instant of a position: behind it are all earlier kinds, those of its own kind with a lesser key, no others. */
function boundOf(kind: TimelineKind, before: TimelinePosition | null): string {
  if (!before) return LAST_KEY;
  const difference = TIMELINE_KINDS.indexOf(kind) - TIMELINE_KINDS.indexOf(before.kind);
  if (difference === 0) return before.key;
  return difference < 0 ? LAST_KEY : FIRST_KEY;
}
