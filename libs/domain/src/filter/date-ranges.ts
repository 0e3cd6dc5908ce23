import { addMonths } from './calendar.js';
import { type Condition, MAX_INSTANT, MIN_INSTANT, type RelativeCondition } from './filter.js';
import type { WholeDays } from './whole-days.js';

/** Numbers that keep to all of these bounds. */
export type Range = Readonly<Partial<Record<'<' | '>' | '<=' | '>=', number>>>;

export type DateCondition = Extract<
  Condition,
  { operator: '=' | '!=' | 'IN' | 'NIN' | '<' | '>' | '<=' | '>=' } | RelativeCondition
>;

/** The days dates are compared by, and now, in unix seconds. */
export interface DateContext {
  readonly days: WholeDays;
  readonly now: number;
}

/**
 * The dates a condition means, as bounds in unix seconds that need no calendar any more; a date matches when one of the
 * ranges has it. Of `!=` and `NIN`: the dates that do not match. The same answers as `compileFilter` gives.
 */
export function dateRanges(condition: DateCondition, { days, now }: DateContext): Range[] {
  switch (condition.operator) {
    case '=':
    case '!=':
    case 'IN':
    case 'NIN':
      return [condition.value].flat().map((date) => {
        const day = days.dayOf(Number(date));
        return daysFrom(days, day, day + 1);
      });
    case '<':
    case '>=':
      return [{ [condition.operator]: days.startOf(days.dayOf(condition.value)) }];
    case '<=':
      return [{ '<': days.startOf(days.dayOf(condition.value) + 1) }];
    case '>':
      return [{ '>=': days.startOf(days.dayOf(condition.value) + 1) }];
    default:
      return [relativeRange(condition, { days, now })];
  }
}

const SECONDS = { minutes: 60, hours: 3600 } as const;

function relativeRange(condition: RelativeCondition, { days, now }: DateContext): Range {
  const { unit, value, operator } = condition;
  if (unit === 'minutes' || unit === 'hours')
    return exactRange(operator, now, value * SECONDS[unit], SECONDS[unit]);
  return dayRange(operator, days, days.dayOf(now), shift(unit, value));
}

/** @param length of the whole way, and @param unit of its last step, in seconds */
function exactRange(
  operator: RelativeCondition['operator'],
  now: number,
  length: number,
  unit: number,
): Range {
  switch (operator) {
    case 'more_than_ago':
      return { '<': now - length };
    case 'less_than_ago':
      return { '>': now - length, '<=': now };
    case 'exactly_ago':
      return { '>': now - length - unit, '<=': now - length };
    case 'more_than_from_now':
      return { '>': now + length };
    case 'less_than_from_now':
      return { '>=': now, '<': now + length };
    case 'exactly_from_now':
      return { '>=': now + length, '<': now + length + unit };
  }
}

/** @param moved a day so many units before (-1) or after (1) another */
function dayRange(
  operator: RelativeCondition['operator'],
  days: WholeDays,
  today: number,
  moved: (day: number, sign: number) => number,
): Range {
  const [past, future] = [moved(today, -1), moved(today, 1)];
  switch (operator) {
    case 'more_than_ago':
      return { '<': start(days, past) };
    case 'less_than_ago':
      return daysFrom(days, past + 1, today + 1);
    case 'exactly_ago':
      return daysFrom(days, past, past + 1);
    case 'more_than_from_now':
      return { '>=': start(days, future + 1) };
    case 'less_than_from_now':
      return daysFrom(days, today, future);
    case 'exactly_from_now':
      return daysFrom(days, future, future + 1);
  }
}

function shift(unit: 'days' | 'weeks' | 'months', amount: number): (day: number, sign: number) => number {
  if (unit === 'months') return (day, sign) => addMonths(day, sign * amount);
  const length = unit === 'weeks' ? 7 * amount : amount;
  return (day, sign) => day + sign * length;
}

const daysFrom = (days: WholeDays, first: number, end: number): Range => ({
  '>=': start(days, first),
  '<': start(days, end),
});

/** Dates before the first day and after the last one count as of that day, so these two have no outer bound. */
function start(days: WholeDays, day: number): number {
  if (day <= days.dayOf(MIN_INSTANT)) return -Infinity;
  return day > days.dayOf(MAX_INSTANT) ? Infinity : days.startOf(day);
}
