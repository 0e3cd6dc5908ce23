import { DomainError } from '../domain-error.js';
import type { AttributesUpdate } from '../update/update.js';
import type { Attributes, Contact } from './contact.js';

/** What is the contact's own, or follows from what else is merged. */
const OWN: ReadonlySet<string> = new Set([
  'id',
  'role',
  'external_id',
  'email_domain',
  'formatted_phone',
  'created_at',
  'updated_at',
  'last_seen_at',
  'web_sessions',
  'ios_sessions',
  'android_sessions',
  'ios_last_seen_at',
  'android_last_seen_at',
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

/** What the survivor lacks and the merged contact has: the survivor's values win. */
export function gapsOf(
  into: Contact,
  from: Contact,
): Pick<AttributesUpdate, 'attributes' | 'customAttributes'> {
  const missing = (have: Attributes, other: Attributes) =>
    Object.fromEntries(Object.entries(other).filter(([name]) => have[name] === undefined && !OWN.has(name)));
  return {
    attributes: missing(into.attributes, from.attributes),
    customAttributes: missing(into.customAttributes, from.customAttributes),
  };
}

/** Lets values that were taken over be as old as they were, so that a later one wins; the latest sight counts. */
export function takeTimes(into: Contact, from: Contact, keys: readonly string[]): void {
  for (const key of keys) {
    const at = from.attributeTimes[key];
    if (at !== undefined) into.attributeTimes[key] = at;
  }
  for (const name of ['last_seen_at', 'ios_last_seen_at', 'android_last_seen_at']) {
    const seen = [into, from].flatMap(({ attributes }) => attributes[name] ?? []).map(Number);
    if (seen.length > 0) into.attributes[name] = Math.max(...seen);
  }
}
