import type { AttributeValue } from '../contact/contact.js';
import type { Id } from '../id.js';

/** How a client named the contact. An update keeps it, so that apply can find the contact anew if it is gone. */
export type ContactReference =
  { readonly id: Id } | { readonly user_id: string } | { readonly email: string };

/** Where a write came from. */
export const SOURCES = ['api', 'segment', 'messenger', 'mobile', 'queue', 'activity', 'merge'] as const;
export type Source = (typeof SOURCES)[number];

/** Who wrote: `adminId` is whose token it was, where it was a token. */
export interface Author {
  readonly source: Source;
  readonly adminId?: number | undefined;
}

/** Something a contact did. `createdAt` in unix seconds; `dedupeKey` tells two such events of one second apart. */
export interface EventUpdate {
  readonly kind: 'event';
  readonly id: Id;
  readonly name: string;
  readonly createdAt: number;
  readonly dedupeKey: string;
  readonly metadata: Readonly<Record<string, unknown>>;
}

/** What had happened before: how often, and first and last, in unix seconds. */
export interface EventHistory {
  readonly name: string;
  readonly count: number;
  readonly first: number;
  readonly last: number;
}

/** History that is told, not recorded: it counts, but none of its events can be listed. */
export interface SummaryUpdate extends EventHistory {
  readonly kind: 'summary';
}

export const PLATFORMS = ['web', 'ios', 'android'] as const;
export type Platform = (typeof PLATFORMS)[number];

/** A sign of life: moves `last_seen_at` and the sessions, and brings what was seen of device and place. */
export interface ActivityUpdate {
  readonly kind: 'activity';
  readonly createdAt: number;
  readonly platform: Platform;
  /** A session starts with it, however little time has passed since the last one. */
  readonly startsSession?: boolean;
  /** Device and place as of then, by API name; null where another is known, but not this of it. */
  readonly attributes?: Readonly<Record<string, AttributeValue | null>>;
  /** Where the contact came from, `referrer` and `utm_*`: of two touches the earlier counts. */
  readonly firstTouch?: Readonly<Record<string, string>>;
  /** The companies that it was for: their last seen moves, and they count the session that it starts. */
  readonly companyIds?: readonly Id[];
  /** What last seen was before, where the call that answered has moved it already; null: unknown. */
  readonly seenBefore?: number | null;
}

/** Attributes as they were at `at`; null clears. A value written later than `at` stays. */
export interface AttributesUpdate {
  readonly kind: 'attributes';
  readonly at: number;
  readonly attributes: Readonly<Record<string, AttributeValue | null>>;
  readonly customAttributes: Readonly<Record<string, AttributeValue | null>>;
  readonly by?: Author | undefined;
}

/** A contact that was written by the call that answered with it: what is left is to evaluate and notify. */
export interface WrittenUpdate {
  readonly kind: 'written';
  readonly created: boolean;
  /** Every rule must be asked, whatever changed: the contact came or went as a whole, or took in another. */
  readonly anew?: boolean;
  /** By subject key: the value before and the value after; null is unknown. */
  readonly changed: Readonly<Record<string, readonly [AttributeValue | null, AttributeValue | null]>>;
  readonly by?: Author | undefined;
}

/** The clock: `due`, the contact's next due time, has come. No rule can have flipped by time alone before it. */
export interface TickUpdate {
  readonly kind: 'tick';
  readonly due: number;
}

/** Anything that may change a contact: one row of the inbox. */
export type Update =
  EventUpdate | SummaryUpdate | ActivityUpdate | AttributesUpdate | WrittenUpdate | TickUpdate;
