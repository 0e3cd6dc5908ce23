/** A contact id and its like: 12 bytes as 24 lower-case hex characters, the shape Intercom's clients match. */
export type Id = string;

export const ID_PATTERN = /^[0-9a-f]{24}$/;

/** Whether a client's word for something can be its id at all. */
export const isId = (word: string): boolean => ID_PATTERN.test(word);

/** How many lanes there are. The lane is how rows are stored: it never changes. */
export const LANES = 256;

/**
 * Six bytes of time, so that ids sort by creation, and six random bytes, so that two never meet.
 * @param at unix seconds
 * @param random at least six random bytes
 */
export function makeId(at: number, random: Uint8Array): Id {
  const time = Math.floor(at * 1000)
    .toString(16)
    .padStart(12, '0');
  let tail = '';
  for (let i = 0; i < 6; i++) tail += (random[i] ?? 0).toString(16).padStart(2, '0');
  return time + tail;
}

/** The lane of a contact: the last byte of its id. */
export function laneOf(id: Id): number {
  return Number.parseInt(id.slice(-2), 16);
}
