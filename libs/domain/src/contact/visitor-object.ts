import type { Contact } from './contact.js';
import { versionOneFields } from './user-object.js';

/** A visitor in the v1 shape that Intercom keeps for it (reference 1.3). Times are whole unix seconds. */
export function visitorObject(contact: Contact, appId: string) {
  const text = (name: string) => contact.attributes[name] ?? '';
  return {
    type: 'visitor',
    ...versionOneFields(contact, { appId }),
    user_id: text('anonymous_id'),
    anonymous: true,
    email: text('email'),
    do_not_track: null,
  };
}
