import { describe, expect, it } from '@jest/globals';
import { addMonths } from './calendar.js';
import { wholeDays } from './whole-days.js';

const at = (iso: string) => Date.parse(iso) / 1000;
const day = (date: string) => at(`${date}T00:00:00Z`) / 86_400;

describe('A local day starts', () => {
  it.each([
    ['at midnight in UTC', 'UTC', '2026-03-08', '2026-03-08T00:00:00Z'],
    ['at midnight west of it', 'America/New_York', '2026-03-08', '2026-03-08T05:00:00Z'],
    ['at midnight of summer time', 'America/New_York', '2026-03-09', '2026-03-09T04:00:00Z'],
    ['at midnight before clocks go back', 'Europe/Berlin', '2026-10-25', '2026-10-24T22:00:00Z'],
    ['at midnight after clocks went back', 'Europe/Berlin', '2026-10-26', '2026-10-25T23:00:00Z'],
    ['on the half hour', 'Asia/Kolkata', '2026-03-08', '2026-03-07T18:30:00Z'],
    ['at one where midnight is skipped', 'America/Sao_Paulo', '2018-11-04', '2018-11-04T03:00:00Z'],
    ['at the second midnight that clocks reach', 'America/Sao_Paulo', '2019-02-17', '2019-02-17T03:00:00Z'],
    ['with the next where a whole day is skipped', 'Pacific/Apia', '2011-12-30', '2011-12-30T10:00:00Z'],
    ['after a day that was skipped', 'Pacific/Apia', '2011-12-31', '2011-12-30T10:00:00Z'],
    ['in a zone that shifts by half an hour', 'Australia/Lord_Howe', '2026-04-06', '2026-04-05T13:30:00Z'],
    [
      'at the first midnight where clocks go back over it',
      'America/St_Johns',
      '2010-11-07',
      '2010-11-07T02:30:00Z',
    ],
    ['in years beyond any rule', 'America/New_York', '9999-12-31', '9999-12-31T05:00:00Z'],
    ['in years before any clock', 'Europe/Berlin', '1000-01-02', '1000-01-01T23:06:32Z'],
  ])('%s', (_, zone, date, start) => {
    const days = wholeDays(zone);
    const instant = days.startOf(day(date));
    expect(new Date(instant * 1000).toISOString()).toBe(start.replace('Z', '.000Z'));
    expect(days.dayOf(instant)).toBeGreaterThanOrEqual(day(date));
    expect(days.dayOf(instant - 0.001)).toBeLessThan(day(date));
  });

  it('in no zone that does not exist', () => {
    expect(() => wholeDays('Mars/Olympus')).toThrow(RangeError);
  });

  it('for any number at all', () => {
    const { dayOf } = wholeDays('America/New_York');
    expect(dayOf(1e300)).toBe(day('9999-12-31'));
    expect(dayOf(-1e300)).toBe(dayOf(at('1000-01-01T00:00:00Z')));
  });
});

describe('Months later', () => {
  it.each([
    ['2026-01-15', 1, '2026-02-15'],
    ['2026-01-31', 1, '2026-02-28'],
    ['2028-01-31', 1, '2028-02-29'],
    ['2026-03-31', -1, '2026-02-28'],
    ['2026-12-31', 2, '2027-02-28'],
    ['2028-02-29', 12, '2029-02-28'],
    ['2026-01-01', -13, '2024-12-01'],
  ])('from %s, %i: %s', (from, months, to) => {
    expect(addMonths(day(from), months)).toBe(day(to));
  });
});
