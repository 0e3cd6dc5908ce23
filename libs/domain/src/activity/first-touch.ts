import type { Change, Contact } from '../contact/contact.js';
import type { ActivityUpdate } from '../update/update.js';

/** The attributes that say where a contact came from. */
const TOUCH = ['referrer', 'utm_campaign', 'utm_content', 'utm_medium', 'utm_source', 'utm_term'] as const;

/** When the touch was that these attributes are of: among the times of a contact's attributes, as one of its own. */
const TOUCHED_AT = 'first_touch';

/**
 * Takes the touch of an activity if it is earlier than the one that is known, and answers with what changed. The
 * attributes of a touch are kept together; one that a client wrote itself stays. Every order of arrival ends alike.
 */
export function takeTouch(contact: Contact, { firstTouch = {}, createdAt }: ActivityUpdate): Change[] {
  if (Object.keys(firstTouch).length === 0 || !isEarlier(contact, firstTouch, createdAt)) return [];
  contact.attributeTimes[TOUCHED_AT] = createdAt;
  return TOUCH.flatMap((key) => {
    const [before, after] = [contact.attributes[key], firstTouch[key]];
    if (contact.attributeTimes[key] !== undefined || before === after) return [];
    if (after === undefined) delete contact.attributes[key];
    else contact.attributes[key] = after;
    return [{ key, before, after }];
  });
}

/** Of two touches of one instant, the one whose values sort first. */
function isEarlier({ attributes, attributeTimes }: Contact, touch: object, at: number): boolean {
  const known = attributeTimes[TOUCHED_AT];
  if (known === undefined || at < known) return true;
  return at === known && textOf(touch) < textOf(attributes);
}

const textOf = (values: Readonly<Record<string, unknown>> | object): string =>
  JSON.stringify(TOUCH.map((key) => (values as Record<string, unknown>)[key] ?? null));
