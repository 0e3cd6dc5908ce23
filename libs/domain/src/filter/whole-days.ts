import { MAX_INSTANT, MIN_INSTANT } from './filter.js';
import { zoneOffset } from './zone-offset.js';

export const DAY = 86_400;
/** No zone is further from UTC than this, and none changes its offset twice within two of it. */
const WINDOW = 18 * 3600;
const MAX_KEPT = 100_000;

/** The local days of a time zone, numbered from 1970-01-01; a day may have 23 or 25 hours, or none at all. */
export interface WholeDays {
  /** The first instant at which the zone's clock showed this day or a later one. */
  startOf(day: number): number;
  /** The last day that has begun; dates outside the years 1000 to 9999 count as the nearest inside. */
  dayOf(instant: number): number;
}

/** Where dates are compared to the second: every second is a day of its own, and its fractions count as it. */
export const EXACT_SECONDS: WholeDays = { startOf: (second) => second, dayOf: Math.floor };

const zones = new Map<string, WholeDays>();

/** @throws RangeError for a zone that is not known */
export function wholeDays(zone: string): WholeDays {
  let days = zones.get(zone);
  if (!days) zones.set(zone, (days = makeWholeDays(zone)));
  return days;
}

function makeWholeDays(zone: string): WholeDays {
  const startOf = kept(dayStart(zone));
  return {
    startOf,
    dayOf(instant) {
      const at = Math.min(Math.max(instant, MIN_INSTANT), MAX_INSTANT);
      const day = Math.floor(at / DAY);
      if (at >= startOf(day + 1)) return day + 1;
      return at >= startOf(day) ? day : day - 1;
    },
  };
}

/** Between two offsets the clock jumps once: a midnight that the jump skips is the jump itself. */
function dayStart(zone: string): (day: number) => number {
  const offset = zoneOffset(zone);
  return (day) => {
    const midnight = day * DAY;
    const [from, to] = [midnight - WINDOW, midnight + WINDOW];
    const [before, after] = [offset(from), offset(to)];
    if (before === after) return midnight - before;
    const jump = firstWhere(from, to, (instant) => offset(instant) !== before);
    return midnight - before < jump ? midnight - before : Math.max(jump, midnight - after);
  };
}

/** The first whole second in (from, to] where `holds`, which must hold from there on. */
function firstWhere(from: number, to: number, holds: (instant: number) => boolean): number {
  let [low, high] = [from, to];
  while (high - low > 1) {
    const middle = Math.floor((low + high) / 2);
    if (holds(middle)) high = middle;
    else low = middle;
  }
  return high;
}

function kept(compute: (day: number) => number): (day: number) => number {
  const known = new Map<number, number>();
  return (day) => {
    const found = known.get(day);
    if (found !== undefined) return found;
    if (known.size >= MAX_KEPT) known.clear();
    const computed = compute(day);
    known.set(day, computed);
    return computed;
  };
}
