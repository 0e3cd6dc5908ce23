import { FIRST_TOUCH, isTouch, TOUCH_KEYS, touchGaps } from '../activity/first-touch.js';
import { SESSION_COUNT, STANDARD_ATTRIBUTES } from '../attribute/standard-attributes.js';
import { wins } from '../attribute/write-attributes.js';
import { DomainError } from '../domain-error.js';
import type { AttributesUpdate } from '../update/update.js';
import type { Attributes, AttributeValue, Contact } from './contact.js';

/** Of these the latest counts. */
const SEEN_AT = ['last_seen_at', 'ios_last_seen_at', 'android_last_seen_at'] as const;

/** What is the contact's own, or follows from what else is merged. */
const OWN: ReadonlySet<string> = new Set([
  'id',
  'role',
  'external_id',
  'email_domain',
  'formatted_phone',
  'created_at',
  'updated_at',
  ...SEEN_AT,
  ...Object.values(SESSION_COUNT),
  ...TOUCH_KEYS,
]);

/** Throws `invalid_merge` unless it is a lead into a user, or a visitor into either, and both are there to be seen. */
export function checkMerge(from: Contact, into: Contact): void {
  const refuse = (reason: string) => new DomainError('invalid_merge', reason);
  const [source, target] = [from.attributes['role'], into.attributes['role']];
  if (from.id === into.id) throw refuse('A contact cannot be merged into itself');
  if (source === 'user' || target === 'visitor' || (source === 'lead' && target === 'lead'))
    throw refuse('Merging can only be performed on a lead into a user');
  if (from.archivedAt !== null || into.archivedAt !== null)
    throw refuse('An archived contact cannot be merged: unarchive it first');
}

/** Throws `invalid_merge` unless the contacts share their address or their phone (reference 4, since version 2.16). */
export function checkDuplicates(from: Contact, into: Contact): void {
  const shared = ['email', 'phone'].some((name) => {
    const value = from.attributes[name];
    return value !== undefined && value === into.attributes[name];
  });
  if (shared) return;
  const message =
    'The contacts share neither email nor phone: set skip_duplicate_validation to merge them anyway';
  throw new DomainError('invalid_merge', message);
}

/**
 * What the survivor takes over of the merged contact: what it lacks itself, and what was seen of the other later, or
 * first. Whatever else both have stays the survivor's. Null clears.
 */
export function gapsOf(
  into: Contact,
  from: Contact,
): Pick<AttributesUpdate, 'attributes' | 'customAttributes'> {
  return {
    attributes: {
      ...missing(into.attributes, from.attributes),
      ...laterSights(into, from),
      ...touchGaps(into, from),
    },
    customAttributes: missing(into.customAttributes, from.customAttributes),
  };
}

function missing(have: Attributes, other: Attributes): Attributes {
  return Object.fromEntries(
    Object.entries(other).filter(([name]) => have[name] === undefined && !OWN.has(name)),
  );
}

/** Device and place are those of the latest activity, whoever of the two it was. */
function laterSights(into: Contact, from: Contact): Record<string, AttributeValue | null> {
  const isKept = (name: string) => STANDARD_ATTRIBUTES[name]?.writable === false && !OWN.has(name);
  const seen = Object.entries(from.attributeTimes).filter(([name]) => isKept(name));
  const later = seen.map(([name, at]) => ({ name, at, value: from.attributes[name] ?? null }));
  return Object.fromEntries(
    later.filter(({ name, ...write }) => wins(into, name, write)).map(({ name, value }) => [name, value]),
  );
}

/** Lets values that were taken over be as old as they were, so that a later one wins; the latest sight counts. */
export function takeTimes(into: Contact, from: Contact, keys: readonly string[]): void {
  for (const key of keys) {
    const at = from.attributeTimes[key];
    if (at !== undefined) into.attributeTimes[key] = at;
    else if (isTouch(key)) delete into.attributeTimes[key];
  }
  take(into.attributeTimes, FIRST_TOUCH, Math.min, from.attributeTimes);
  for (const key of SEEN_AT) take(into.attributes, key, Math.max, from.attributes);
}

/** Keeps the one or the other value, if there is any. */
function take(
  into: Attributes,
  key: string,
  choose: (...values: number[]) => number,
  from: Attributes,
): void {
  const values = [into, from].flatMap((values) => values[key] ?? []).map(Number);
  if (values.length > 0) into[key] = choose(...values);
}
