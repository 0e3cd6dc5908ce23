import { setValue, writeAttributes } from '../attribute/write-attributes.js';
import type { Change, Contact } from '../contact/contact.js';
import { isMobile } from '../session/session.js';
import type { ActivityUpdate } from '../update/update.js';
import { touchFirst } from './first-touch.js';

/**
 * Writes into the contact what an activity says, and answers with what changed: last seen moves forwards, device and
 * place are those of the latest activity, where it came from is that of the first. Sessions are counted elsewhere.
 */
export function see(contact: Contact, activity: ActivityUpdate): Change[] {
  const { createdAt: at, platform, attributes = {}, firstTouch = {} } = activity;
  const places = isMobile(platform) ? ['last_seen_at', `${platform}_last_seen_at`] : ['last_seen_at'];
  return [
    ...places.flatMap((key) => moveForwards(contact, key, at)),
    ...writeAttributes(contact, attributes, at),
    ...touchFirst(contact, firstTouch, at),
  ];
}

function moveForwards(contact: Contact, key: string, at: number): Change[] {
  return at > Number(contact.attributes[key] ?? -Infinity) ? setValue(contact, key, at) : [];
}
