/** @typedef {{ id: string, at: number, [more: string]: unknown }} Signal */

/** Keeps signals in localStorage; where there is none, as long as the page lives. @param {string} key */
export function shelfOf(key) {
  /** @type {Signal[]} */
  let memory = [];
  return {
    /** @returns {Signal[]} */
    read() {
      try {
        return JSON.parse(localStorage.getItem(key) || '[]');
      } catch {
        return memory;
      }
    },
    /** @param {Signal[]} signals */
    write(signals) {
      memory = signals;
      try {
        localStorage.setItem(key, JSON.stringify(signals));
      } catch {
        // Storage is full, or not allowed.
      }
    },
  };
}
