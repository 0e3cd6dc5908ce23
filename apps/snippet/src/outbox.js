import { newId } from './new-id.js';
import { shelfOf } from './shelf.js';

/** Signals that are kept while they cannot be sent: as many as one request takes. */
const MAX_KEPT = 50;

/** Characters that a browser still sends while a page goes. */
const MAX_LEAVING = 60_000;

/** Seconds until the first of the next tries, and between them at the most. */
const FIRST_RETRY = 2;
const MAX_RETRY = 300;

/**
 * @typedef {import('./shelf.js').Signal} Signal
 * @typedef {{ sent: boolean, reason?: string, [more: string]: unknown }} Result
 */

/** Sends signals in their order, each until it is answered: what waits is kept, and sent again under the same ids. */
export class Outbox {
  /** @type {Map<string, (result: Result) => void>} */
  waiting = new Map();
  busy = false;
  leaving = false;
  retry = FIRST_RETRY;
  lastAt = 0;
  /** @type {ReturnType<typeof setTimeout> | undefined} */
  timer;

  /** @param {string} url @param {string} key of localStorage */
  constructor(url, key) {
    this.url = url;
    this.shelf = shelfOf(key);
    addEventListener('online', () => this.flush());
    addEventListener('pagehide', () => this.turn(true));
    addEventListener('pageshow', () => this.turn(false));
  }

  /** @param {Record<string, unknown>} content @returns {Promise<Result>} */
  send(content) {
    const kept = this.shelf.read();
    if (kept.length >= MAX_KEPT) return Promise.resolve({ sent: false, reason: 'queue_full' });
    const id = newId();
    // Two signals of one millisecond keep their order.
    this.lastAt = Math.max(Date.now() / 1000, this.lastAt + 0.001);
    this.shelf.write([...kept, { id, at: this.lastAt, ...content }]);
    return new Promise((resolve) => {
      this.waiting.set(id, resolve);
      this.flush();
    });
  }

  async flush() {
    const signals = this.shelf.read();
    if (!signals.length || (this.busy && !this.leaving)) return;
    const body = JSON.stringify({ sent_at: Date.now() / 1000, signals });
    if (this.leaving) {
      // What is under way goes along: the server counts no id twice.
      if (navigator.onLine && navigator.sendBeacon(this.url, body))
        this.settle(signals, () => ({ sent: true }));
      return;
    }
    this.busy = true;
    await this.post(signals, body);
    this.busy = false;
  }

  /** @param {boolean} leaving whether the page goes; it may come back */
  turn(leaving) {
    this.leaving = leaving;
    this.flush();
  }

  /** @param {Signal[]} signals @param {string} body */
  async post(signals, body) {
    try {
      const keepalive = body.length < MAX_LEAVING;
      const response = await fetch(this.url, { method: 'POST', body, keepalive, credentials: 'omit' });
      if (response.status === 429 || response.status > 499)
        return this.later(signals, Number(response.headers.get('retry-after')) || this.retry);
      const { items = [], errors } = await response.json();
      this.retry = FIRST_RETRY;
      this.settle(signals, (index) => resultOf(items[index] || { errors }));
      setTimeout(() => this.flush());
    } catch {
      this.later(signals, this.retry);
    }
  }

  /** @param {Signal[]} signals @param {(index: number) => Result} resultAt */
  settle(signals, resultAt) {
    const ids = signals.map(({ id }) => id);
    this.shelf.write(this.shelf.read().filter(({ id }) => !ids.includes(id)));
    ids.forEach((id, index) => this.answer(id, resultAt(index)));
  }

  /** @param {Signal[]} signals @param {number} seconds */
  later(signals, seconds) {
    for (const { id } of signals)
      this.answer(id, { sent: false, reason: 'offline', queued: true, retry_after: seconds });
    clearTimeout(this.timer);
    this.timer = setTimeout(() => this.flush(), seconds * 1000);
    this.retry = Math.min(this.retry * 2, MAX_RETRY);
  }

  /** @param {string} id @param {Result} result */
  answer(id, result) {
    this.waiting.get(id)?.(result);
    this.waiting.delete(id);
  }
}

/** @param {{ accepted?: boolean, errors: unknown[], warnings?: unknown[] }} item @returns {Result} */
function resultOf({ accepted, errors, warnings }) {
  if (!accepted) return { sent: false, reason: 'refused', errors };
  return warnings?.length ? { sent: true, warnings } : { sent: true };
}
