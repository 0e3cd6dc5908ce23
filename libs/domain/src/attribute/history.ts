import { customName, STANDARD_ATTRIBUTES } from './standard-attributes.js';

/** What Muster moves by itself, so often that its history would be noise, or as another attribute moves. */
const FOLLOWING: ReadonlySet<string> = new Set([
  'id',
  'created_at',
  'updated_at',
  'last_seen_at',
  'web_sessions',
  'ios_sessions',
  'android_sessions',
  'ios_last_seen_at',
  'android_last_seen_at',
  'email_domain',
  'formatted_phone',
  'last_seen_ip',
]);

/** Whether what an attribute was before is kept, by subject key: of all custom ones, and of what describes the contact. */
export function hasHistory(key: string): boolean {
  return customName(key) !== undefined || (Object.hasOwn(STANDARD_ATTRIBUTES, key) && !FOLLOWING.has(key));
}
