import { onPageChange, pageFacts } from './page.js';
import { throttleOf } from './throttle.js';

/**
 * @typedef {import('./outbox.js').Result} Result
 * @typedef {Record<string, unknown>} Data
 */

/** What says who the visitor is, and goes with everything that is sent. */
const NAMES = ['user_id', 'email', 'user_hash', 'intercom_user_jwt'];

/** What templates write where they have no value. @param {unknown} value */
const isGiven = (value) => value !== undefined && !['', 'null', 'undefined'].includes(String(value));

/** @param {Data} data @returns {Data} */
const namesOf = (data) =>
  Object.fromEntries(NAMES.filter((name) => isGiven(data[name])).map((name) => [name, data[name]]));

/** What tells one user from another. @param {Data} names */
function nameOf({ user_id: userId, email, intercom_user_jwt: jwt }) {
  return userId ?? email ?? (jwt && claimOf(String(jwt)));
}

/** Whom a token is of. Whether that is so, the server knows. @param {string} jwt */
function claimOf(jwt) {
  try {
    const [, body = ''] = jwt.split('.');
    return JSON.parse(atob(body.replace(/-/g, '+').replace(/_/g, '/'))).user_id;
  } catch {
    return jwt;
  }
}

/** @param {Result} result @returns {Promise<Result>} */
export const told = (result) => Promise.resolve(result);

/**
 * The commands of a page by name. Each that sends answers with a promise of what became of it, and never rejects.
 * @param {ReturnType<typeof import('./cookies.js').visitorOf>} visitor
 * @param {import('./outbox.js').Outbox} outbox
 */
export function commandsOf(visitor, outbox) {
  const throttle = throttleOf();
  /** @type {Data | undefined} */
  let names;
  /** @type {number | undefined} */
  let age;

  const visitorId = () => {
    const name = names && nameOf(names);
    if (name) visitor.known(String(name), age);
    else visitor.seen();
    return visitor.id();
  };
  /** @param {string} kind @param {Data} data @returns {Promise<Result>} */
  const ping = (kind, data) => {
    const content = { visitor_id: visitorId(), data: { ...data, ...names }, ...pageFacts() };
    const held = throttle(kind, JSON.stringify(content));
    return held ? told(held) : outbox.send(content);
  };
  const notBooted = () => told({ sent: false, reason: 'not_booted' });

  onPageChange(() => names && ping('page', {}));

  return {
    /** @param {Data} [data] */
    boot(data = {}) {
      names = namesOf(data);
      const { session_duration: duration } = data;
      age = typeof duration === 'number' ? Math.round(duration / 1000) : undefined;
      return ping('boot', data);
    },
    /** @param {Data} [data] */
    update(data = {}) {
      if (!names) return notBooted();
      names = { ...names, ...namesOf(data) };
      return ping('update', data);
    },
    /** @param {string} name @param {Data} [metadata] */
    trackEvent(name, metadata) {
      if (!names) return notBooted();
      return outbox.send({ visitor_id: visitorId(), data: names, event: { name, metadata } });
    },
    getVisitorId: () => visitor.id(),
    /** Ends the session: whoever comes next is a new visitor. */
    shutdown() {
      names = undefined;
      visitor.forget();
      return told({ sent: true });
    },
  };
}
