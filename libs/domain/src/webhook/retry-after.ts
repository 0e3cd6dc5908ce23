/** The longest a Retry-After is believed, in seconds. */
export const MAX_RETRY_AFTER = 10 * 60 * 60;

/** The three forms of a date in RFC 9110 5.6.7 start with the name of a day; much else that `Date.parse` takes does not. */
const HTTP_DATE = /^(mon|tue|wed|thu|fri|sat|sun)[a-z]*,? /i;

/**
 * The wait that a Retry-After header asks for, in whole seconds up to {@link MAX_RETRY_AFTER}; undefined when it is
 * missing, garbage or in the past.
 * @param now unix seconds
 */
export function parseRetryAfter(header: string | undefined, now: number): number | undefined {
  const text = header?.trim() ?? '';
  const seconds = /^\d+$/.test(text) ? Number(text) : Math.ceil(dateOf(text) - now);
  return seconds > 0 ? Math.min(seconds, MAX_RETRY_AFTER) : undefined;
}

/** Unix seconds, NaN if it is not a date. The oldest form names no zone and means GMT. */
function dateOf(text: string): number {
  if (!HTTP_DATE.test(text)) return NaN;
  return Date.parse(text.endsWith('GMT') ? text : `${text} GMT`) / 1000;
}
