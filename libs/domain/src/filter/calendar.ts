import { DAY } from './whole-days.js';

/** A day by month and day of the month. Months are counted from January of the year 0, days from 1. */
export interface MonthDay {
  readonly month: number;
  readonly day: number;
}

/** @param day days since 1970-01-01 */
export function monthDay(day: number): MonthDay {
  const date = new Date(day * DAY * 1000);
  return { month: date.getUTCFullYear() * 12 + date.getUTCMonth(), day: date.getUTCDate() };
}

/** The same day of another month, or that month's last: a month after January 31 is the end of February. */
export function addMonths(day: number, months: number): number {
  const from = monthDay(day);
  const first = firstOfMonth(from.month + months);
  return first + Math.min(from.day, daysIn(from.month + months)) - 1;
}

export function daysIn(month: number): number {
  return firstOfMonth(month + 1) - firstOfMonth(month);
}

function firstOfMonth(month: number): number {
  const date = new Date(0);
  date.setUTCFullYear(Math.floor(month / 12), month - Math.floor(month / 12) * 12, 1);
  return date.getTime() / 1000 / DAY;
}
