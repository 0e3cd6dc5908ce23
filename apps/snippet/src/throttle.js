/** A ping like one before is dropped within this many seconds, and of updates only so many pass in a while. */
const SAME = 60;
const MOST = 20;
const WHILE = 1_800;

/** @typedef {{ sent: false, reason: string, retry_after: number }} Throttled */

/** Tells which pings of a page's life are too many (reference 1.4). @param {() => number} clock in unix seconds */
export function throttleOf(clock = () => Date.now() / 1000) {
  /** @type {Map<string, number>} */
  const same = new Map();
  /** @type {Record<string, number[]>} */
  const passed = {};

  /** @param {string} reason @param {number} seconds @returns {Throttled} */
  const refuse = (reason, seconds) => ({ sent: false, reason, retry_after: Math.ceil(seconds) });

  /**
   * What keeps a ping back; undefined if nothing does, and it counts then.
   * @param {string} kind boots are not counted
   * @param {string} content
   */
  return (kind, content) => {
    const now = clock();
    const last = same.get(content) ?? -Infinity;
    if (now - last < SAME) return refuse('duplicate', SAME - (now - last));
    const recent = (passed[kind] ?? []).filter((at) => now - at < WHILE);
    const [oldest = now] = recent;
    if (kind !== 'boot' && recent.length >= MOST) return refuse('throttled', WHILE - (now - oldest));
    passed[kind] = [...recent, now];
    same.set(content, now);
  };
}
