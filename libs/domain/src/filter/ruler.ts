import { addMonths, daysIn, monthDay } from './calendar.js';
import type { Unit } from './filter.js';
import { type WholeDays } from './whole-days.js';

/** The clock of Muster's stores ticks in microseconds: the first instant after t is t + TICK. */
export const TICK = 1e-6;

/**
 * How a unit measures the way from a date to now. Relative dates compare that one number with `units * step`, so that
 * predicates which differ in their amount alone stand in one order.
 */
export interface Ruler {
  /** How long ago `date` was: seconds or days; in months, halves stand between. Negative in the future. */
  ago(date: number, now: number): number;
  readonly step: number;
  /** How much of the number is still exactly so many units. */
  readonly width: number;
  /** The instants at which a date may come to be, or cease to be, exactly `units` ago; negative: from now. */
  edges(date: number, units: number): number[];
}

const WEEK = 7;

export function makeRuler(unit: Unit, days: WholeDays): Ruler {
  switch (unit) {
    case 'minutes':
      return seconds(60);
    case 'hours':
      return seconds(3600);
    case 'days':
      return wholeDaysRuler(days, 1);
    case 'weeks':
      return wholeDaysRuler(days, WEEK);
    case 'months':
      return monthsRuler(days);
  }
}

/** Exact durations. An edge may belong to either side, so the instant after it is one too. */
function seconds(step: number): Ruler {
  return {
    step,
    width: step,
    ago: (date, now) => now - date,
    edges: (date, units) => {
      const edges = [];
      for (const at of [date, date + (units - 1) * step, date + units * step, date + (units + 1) * step])
        edges.push(at, at + TICK);
      return edges;
    },
  };
}

function wholeDaysRuler(days: WholeDays, step: number): Ruler {
  return {
    step,
    width: 1,
    ago: (date, now) => days.dayOf(now) - days.dayOf(date),
    edges: (date, units) => {
      const day = days.dayOf(date);
      return [day, day + 1, day + units * step, day + units * step + 1].map(days.startOf);
    },
  };
}

/** A date is N months ago when today, N calendar months back, is its day; half a month more when its day lies before. */
function monthsRuler(days: WholeDays): Ruler {
  return {
    step: 1,
    width: 0.5,
    ago: (date, now) => {
      const today = monthDay(days.dayOf(now));
      const then = monthDay(days.dayOf(date));
      const anchor = Math.min(today.day, daysIn(then.month));
      return today.month - then.month + Math.sign(anchor - then.day) / 2;
    },
    edges: (date, units) => {
      const day = days.dayOf(date);
      return [day, day + 1, firstDayNear(day, units), firstDayNear(day + 1, units)].map(days.startOf);
    },
  };
}

/** The first day that, so many months back, is `day` or later. */
function firstDayNear(day: number, months: number): number {
  const near = addMonths(day, months);
  return addMonths(near, -months) < day ? near + 1 : near;
}
