import { setValue } from '../attribute/write-attributes.js';
import type { AttributeValue, Change, Contact } from '../contact/contact.js';

/** What a touch says, by API name. */
export const TOUCH_KEYS = [
  'referrer',
  'utm_campaign',
  'utm_content',
  'utm_medium',
  'utm_source',
  'utm_term',
] as const;

export const isTouch = (key: string): boolean => TOUCH_KEYS.some((name) => name === key);

/** Among the times of a contact's attributes: when the touch was that it has. */
export const FIRST_TOUCH = 'first_touch';

/**
 * Lets the contact have come from where this touch says, in whole, unless it has an earlier one; touches of one instant
 * are one. What a client wrote stays. `at` in unix seconds. Answers with what changed.
 */
export function touchFirst(contact: Contact, touch: Readonly<Record<string, string>>, at: number): Change[] {
  const first = contact.attributeTimes[FIRST_TOUCH] ?? Infinity;
  if (at > first || Object.keys(touch).length === 0) return [];
  contact.attributeTimes[FIRST_TOUCH] = at;
  const open = TOUCH_KEYS.filter((key) => contact.attributeTimes[key] === undefined);
  return open.flatMap((key) => {
    const before = at === first ? contact.attributes[key] : undefined;
    return setValue(contact, key, greater(before, touch[key]));
  });
}

/** What a contact takes over of where another came from, with which it becomes one; null clears. */
export function touchGaps(into: Contact, from: Contact): Record<string, AttributeValue | null> {
  const mine = into.attributeTimes[FIRST_TOUCH] ?? Infinity;
  const theirs = from.attributeTimes[FIRST_TOUCH] ?? Infinity;
  const gaps: Record<string, AttributeValue | null> = {};
  for (const key of TOUCH_KEYS.filter((key) => into.attributeTimes[key] === undefined)) {
    const value = from.attributes[key];
    const both = greater(into.attributes[key], value);
    if (from.attributeTimes[key] !== undefined || theirs < mine) gaps[key] = value ?? null;
    else if (theirs === mine && both !== undefined) gaps[key] = both;
  }
  return gaps;
}

function greater(a: AttributeValue | undefined, b: AttributeValue | undefined): AttributeValue | undefined {
  if (a === undefined || b === undefined) return a ?? b;
  return a > b ? a : b;
}
