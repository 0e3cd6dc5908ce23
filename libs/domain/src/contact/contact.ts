import { SESSION_COUNT } from '../attribute/standard-attributes.js';
import type { Id } from '../id.js';

/** What an attribute may hold. Dates are unix seconds, as on the wire; an absent key is an unknown value. */
export type AttributeValue = string | number | boolean;
export type Attributes = Record<string, AttributeValue>;

export type Role = 'user' | 'lead' | 'visitor';

/** First, last and count of one event name for one contact; times in unix seconds. */
export interface EventSummary {
  count: number;
  first: number;
  last: number;
  /** How many of the count were not recorded here, but told of as history. */
  seeded?: number;
}

/**
 * A contact as apply holds it. All times are unix seconds, fractions allowed.
 * `attributes` are the standard ones by API name, `role`, `external_id`, `created_at` and `updated_at` among them; and
 * `anonymous_id`, by which a visitor is named.
 */
export interface Contact {
  readonly id: Id;
  readonly workspaceId: number;
  attributes: Attributes;
  customAttributes: Attributes;
  /**
   * When each attribute was last written, by key: `name` or `custom_attributes.plan`. An older write loses. Where it came
   * from is as old as `first_touch` says, unless a client wrote it.
   */
  attributeTimes: Record<string, number>;
  /** Since when it is hidden from lists, searches and segments, in unix seconds; null while it is not. */
  archivedAt: number | null;
  /** Since when it is blocked as well: it cannot come back. */
  blockedAt: number | null;
  /** The number of the last notification about this contact. */
  sequence: number;
  /** The earliest instant at which a rule may flip by time alone: may be early, never late. */
  nextDueAt: number | null;
}

/** Visitors are seen and written as visitors only (reference 1.3). */
export const isVisitor = ({ attributes }: Contact): boolean => attributes['role'] === 'visitor';

/** Whether segments may have it: not while it is archived, nor as a visitor, before it is a lead or a user. */
export const belongsToSegments = (contact: Contact): boolean =>
  contact.archivedAt === null && !isVisitor(contact);

const NO_SESSIONS = Object.fromEntries(Object.values(SESSION_COUNT).map((name) => [name, 0]));

/** A contact of whom nothing is known yet. @param now unix seconds */
export function newContact(workspaceId: number, id: Id, now: number): Contact {
  return {
    id,
    workspaceId,
    attributes: { id, created_at: now, updated_at: now, ...NO_SESSIONS },
    customAttributes: {},
    attributeTimes: {},
    archivedAt: null,
    blockedAt: null,
    sequence: 0,
    nextDueAt: null,
  };
}

/** What a filter looks at: a contact's attributes and its event summaries by event name. */
export interface Subject {
  readonly attributes: Readonly<Attributes>;
  readonly customAttributes: Readonly<Attributes>;
  readonly events: Readonly<Record<string, EventSummary>>;
}

/**
 * The key of something a filter reads and an update changes: `last_seen_at`, `custom_attributes.plan`,
 * `event:purchased:count`, `event:purchased:first`, `event:purchased:last`.
 */
export type SubjectKey = string;

/** One key that an update moved; `undefined` is unknown. Event counts go from 0, never from unknown. */
export interface Change {
  readonly key: SubjectKey;
  readonly before: AttributeValue | undefined;
  readonly after: AttributeValue | undefined;
}
