import { z } from 'zod';
import { seconds } from './values.js';

const yes = z.boolean('expected true or false').nullish();

/** How version 1 says that a contact was seen. `update_last_request_at` means now, unless a time is given. */
export const seen = { last_request_at: seconds.nullish(), update_last_request_at: yes, new_session: yes };

export type Seen = { readonly [K in keyof typeof seen]?: z.output<(typeof seen)[K]> };

/** When the contact was seen; either flag makes an activity of it, a time alone does not. @param now unix seconds */
export function sightOf({ last_request_at: seenAt, update_last_request_at, new_session }: Seen, now: number) {
  const startsSession = new_session === true;
  if (startsSession || update_last_request_at)
    return { at: seenAt ?? now, activity: startsSession ? { startsSession } : {} };
  return typeof seenAt === 'number' ? { at: seenAt } : undefined;
}
