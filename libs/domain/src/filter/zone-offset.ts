import { MAX_INSTANT, MIN_INSTANT } from './filter.js';

/** Seconds to add to an instant to read the clock on the wall. Slow (microseconds): callers keep what they learn. */
export type ZoneOffset = (instant: number) => number;

/**
 * The offset of a time zone at any instant; before the year 1000 and after 9999 that of the nearer end holds.
 * @param zone IANA name: `Europe/Berlin`
 * @throws RangeError for a zone that is not known
 */
export function zoneOffset(zone: string): ZoneOffset {
  const format = new Intl.DateTimeFormat('en-US', {
    timeZone: zone,
    hourCycle: 'h23',
    year: 'numeric',
    month: 'numeric',
    day: 'numeric',
    hour: 'numeric',
    minute: 'numeric',
    second: 'numeric',
  });
  return (instant) => {
    const second = Math.floor(Math.min(Math.max(instant, MIN_INSTANT), MAX_INSTANT));
    return wallClock(format, second) - second;
  };
}

function wallClock(format: Intl.DateTimeFormat, second: number): number {
  const part: Partial<Record<Intl.DateTimeFormatPartTypes, number>> = {};
  for (const { type, value } of format.formatToParts(second * 1000)) part[type] = Number(value);
  const { year = 0, month = 1, day, hour, minute, second: seconds } = part;
  return Date.UTC(year, month - 1, day, hour, minute, seconds) / 1000;
}

/** Whether it is the IANA name of a time zone. Offsets like `+02:00` are none: they have no summer. */
export function isTimeZone(zone: string): boolean {
  if (!/^[A-Za-z]/.test(zone)) return false;
  try {
    zoneOffset(zone);
    return true;
  } catch (error) {
    if (error instanceof RangeError) return false;
    throw error;
  }
}
