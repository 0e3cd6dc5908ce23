import { newId } from './new-id.js';

const DAY = 86_400;

/** How long a nameless visitor is known again, and a known user, in seconds. */
const VISITOR_AGE = 270 * DAY;
const SESSION_AGE = 7 * DAY;

/** @param {string} name */
function readCookie(name) {
  const found = document.cookie.split('; ').find((cookie) => cookie.startsWith(`${name}=`));
  return found?.slice(name.length + 1);
}

/**
 * Writes a cookie for the widest domain that the browser lets a page have, so that a site and its app share it. An age
 * of 0 takes it away.
 * @param {string} name
 * @param {string} value
 * @param {number} age in seconds
 */
function writeCookie(name, value, age) {
  const secure = location.protocol === 'https:' ? ';secure' : '';
  const labels = location.hostname.split('.');
  const domains = labels.map((_, i) => `;domain=${labels.slice(-1 - i).join('.')}`);
  for (const domain of [...domains.slice(1), '']) {
    document.cookie = `${name}=${value};path=/;max-age=${age};samesite=lax${secure}${domain}`;
    if (age && readCookie(name) === value) return;
  }
}

/** A short text that tells users apart, and says nothing of them. @param {string} name */
function markOf(name) {
  let mark = 5381;
  for (let i = 0; i < name.length; i++) mark = (mark * 33) ^ name.charCodeAt(i);
  return (mark >>> 0).toString(36);
}

/** Which visitor this browser is. @param {string} appId */
export function visitorOf(appId) {
  const own = `muster-id-${appId}`;
  const session = `muster-session-${appId}`;
  let [id, mark] = (readCookie(session) || readCookie(own) || '').split('.');
  const keepOwn = () => writeCookie(own, (id ||= newId()), VISITOR_AGE);
  return {
    id() {
      if (!id) keepOwn();
      return id;
    },
    /** A known user is known for a week from now on, and whoever follows is somebody else. @param {string} name @param {number} age */
    known(name, age = SESSION_AGE) {
      const other = markOf(name);
      if (mark && mark !== other) id = '';
      id ||= newId();
      mark = other;
      writeCookie(own, '', 0);
      writeCookie(session, `${id}.${mark}`, age);
    },
    /** Keeps a nameless visitor known. */
    seen() {
      if (!mark) keepOwn();
    },
    forget() {
      id = mark = '';
      writeCookie(own, '', 0);
      writeCookie(session, '', 0);
    },
  };
}
