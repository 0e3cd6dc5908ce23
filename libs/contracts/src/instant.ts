import { z } from 'zod';

const DAY = 86_400;

/** Unix seconds reach this in the year 5138; milliseconds passed it in 1973. */
const SURELY_MILLISECONDS = 100_000_000_000;

const EXPECTED = 'expected unix seconds, or ISO 8601';
const TOO_EARLY = 'expected unix seconds, not before 1970';
const MILLISECONDS = 'looks like milliseconds: send seconds';

let maxFuture = DAY;

/** Sets how many seconds in the future a time may be, for the whole process: clocks differ, and so do time zones. */
export function allowFuture(seconds: number): void {
  maxFuture = seconds;
}

const ISO = /^\d{4}-\d\d-\d\d(?:[T ]\d\d:\d\d(?::\d\d(?:\.\d+)?)?(?:Z|[+-]\d\d:?\d\d)?)?$/i;
const ZONED = /[Z+]|:.*-/i;

/** Every month has so many days; whether it has more is looked up. */
const SURE_DAYS = 28;

/** Unix seconds; NaN for what is no time. Without a zone it is UTC, without a time the start of the day. */
export function isoSeconds(text: string): number {
  if (!ISO.test(text) || !hasDay(text)) return NaN;
  const isLocal = text.length > 10 && !ZONED.test(text);
  return Date.parse(isLocal ? `${text}Z` : text) / 1000;
}

/** `Date` takes 30 February for 1 March. */
function hasDay(text: string): boolean {
  const [year, month, day] = [text.slice(0, 4), text.slice(5, 7), text.slice(8, 10)].map(Number);
  if (year === undefined || month === undefined || day === undefined || day <= SURE_DAYS) return true;
  return day <= new Date(Date.UTC(year, month, 0)).getUTCDate();
}

const iso = z
  .string()
  .refine((text) => !Number.isNaN(isoSeconds(text)))
  .transform(isoSeconds);

const possible = <T extends z.ZodType<number>>(number: T) =>
  number
    .refine((value) => value >= 0, TOO_EARLY)
    .refine((value) => value < SURELY_MILLISECONDS, { message: MILLISECONDS, abort: true })
    .refine((value) => value <= Date.now() / 1000 + maxFuture, {
      error: () => `is more than ${spanOf(maxFuture)} in the future`,
    });

const spanOf = (seconds: number): string => (seconds === DAY ? 'a day' : `${seconds} seconds`);

/**
 * A time as sources send it, in unix seconds with fractions: a number, or ISO 8601. From 1970 until a day from now, or
 * whatever {@link allowFuture} allows.
 */
export const instant = z.union([z.number(), iso], EXPECTED).pipe(possible(z.number()));

/** The same in whole seconds: the second that a text is in. */
export const seconds = z
  .union([z.number(), iso.transform(Math.floor)], EXPECTED)
  .pipe(possible(z.int('expected unix seconds, a whole number')));

/** Unix seconds with fractions, by a clock that may be wrong: whoever takes them sets them right. */
export const roughSeconds = z
  .number('expected unix seconds')
  .min(0, TOO_EARLY)
  .max(SURELY_MILLISECONDS, MILLISECONDS);
