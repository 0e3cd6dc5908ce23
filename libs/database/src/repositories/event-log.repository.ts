import { Injectable } from '@nestjs/common';
import { type Id, laneOf, type RecordedEvent } from '#domain';
import { bytes, Database } from '../database.js';
import type { SummaryOf } from './event.repository.js';

/** Where one event stands in time: unix seconds, and its id among those of the same instant. */
export interface EventPosition {
  readonly at: number;
  readonly id: Id | null;
}

/** Which events of a contact: those between two positions, without either. Without an id, all of its instant is out. */
export interface EventPage {
  readonly workspaceId: number;
  readonly contactId: Id;
  readonly before: EventPosition | null;
  readonly since: EventPosition | null;
}

const EVER: EventPosition = { at: Infinity, id: null };
const NEVER: EventPosition = { at: -Infinity, id: null };

/** No id sorts before the first, none after the second. */
const BEFORE_ALL_IDS = '';
const AFTER_ALL_IDS = 'ff'.repeat(13);

/** What a contact did, to be read. */
@Injectable()
export class EventLogRepository {
  constructor(private readonly database: Database) {}

  /**
   * Newest first, by time and then by id. Every event has a summary, whose names lead into the primary key: so a page
   * costs as many rows of each name as it holds, however many events there are and however far back it is.
   */
  list({ workspaceId, contactId, before, since }: EventPage, limit: number): Promise<RecordedEvent[]> {
    const [older, newer] = [before ?? EVER, since ?? NEVER];
    return this.database.query<RecordedEvent>(
      `SELECT e.id, s.name, extract(epoch FROM e.created_at)::float8 AS "createdAt", e.metadata
       FROM event_summary s
       CROSS JOIN LATERAL (
         SELECT id, created_at, metadata FROM event
         WHERE lane = s.lane AND contact_id = s.contact_id AND name = s.name
           AND created_at <= to_timestamp($4) AND (created_at, id) < (to_timestamp($4), $5::bytea)
           AND created_at >= to_timestamp($6) AND (created_at, id) > (to_timestamp($6), $7::bytea)
         ORDER BY created_at DESC, id DESC LIMIT $8) AS e
       WHERE s.lane = $1 AND s.contact_id = $2 AND s.workspace_id = $3
       ORDER BY e.created_at DESC, e.id DESC LIMIT $8`,
      [
        laneOf(contactId),
        bytes(contactId),
        workspaceId,
        older.at,
        bytes(older.id ?? BEFORE_ALL_IDS),
        newer.at,
        bytes(newer.id ?? AFTER_ALL_IDS),
        limit,
      ],
    );
  }

  /** What the events of a contact add up to, by name. */
  summaries(workspaceId: number, contactId: Id): Promise<Omit<SummaryOf, 'contactId'>[]> {
    return this.database.query(
      `SELECT name, count, extract(epoch FROM first_at)::float8 AS first,
              extract(epoch FROM last_at)::float8 AS last
       FROM event_summary WHERE lane = $1 AND contact_id = $2 AND workspace_id = $3 ORDER BY name`,
      [laneOf(contactId), bytes(contactId), workspaceId],
    );
  }
}
