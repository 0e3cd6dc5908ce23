import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import type { Platform } from '../update/update.js';
import {
  APP_IDLE,
  countSessions as countOn,
  joinRuns as joinOn,
  type Run,
  SESSION_IDLE,
  SESSION_LENGTH,
} from './session.js';

const joinRuns = (runs: readonly Run[], platform: Platform = 'web') => joinOn(runs, platform);
const countSessions = (runs: readonly Run[], platform: Platform = 'web') => countOn(runs, platform);

interface Activity {
  readonly at: number;
  readonly told: boolean;
  readonly companyIds?: readonly string[];
}

const quiet = (times: readonly number[]): Activity[] => times.map((at) => ({ at, told: false }));

/** One after another, as they arrive. */
const fold = (activities: readonly Activity[], platform: Platform = 'web'): Run[] =>
  activities.reduce<Run[]>(
    (runs, { at, told, companyIds = [] }) =>
      joinRuns([...runs, { startedAt: at, endedAt: at, told, companyIds }], platform),
    [],
  );
const runsOf = (times: readonly number[]): Run[] => fold(quiet(times));

/** The definition, on raw activity: a run ends at a pause, or where a session is told to start. */
function reference(activities: readonly Activity[]): number {
  const starts = new Set(activities.filter(({ told }) => told).map(({ at }) => at));
  const days = (from: number, to: number) => Math.max(1, Math.ceil((to - from) / SESSION_LENGTH));
  const [first, ...rest] = [...new Set(activities.map(({ at }) => at))].sort((a, b) => a - b);
  if (first === undefined) return 0;
  let [sessions, start, last] = [0, first, first];
  for (const at of rest) {
    const pause = at - last > SESSION_IDLE;
    if (pause || starts.has(at)) {
      sessions += days(start, pause ? last : at);
      start = at;
    }
    last = at;
  }
  return sessions + days(start, last);
}

/** Always the same order for one seed. */
const shuffled = <T>(list: readonly T[], seed: number): T[] =>
  list
    .map((item, i) => [(i * 7919 + seed) % 1009, item] as const)
    .sort((a, b) => a[0] - b[0])
    .map(([, item]) => item);

describe('sessions', () => {
  it.each([
    ['no activity', [], 0],
    ['one activity', [0], 1],
    ['30 minutes idle', [0, SESSION_IDLE], 1],
    ['a second more than 30 minutes idle', [0, SESSION_IDLE + 1], 2],
    ['a late activity that joins two sessions', [0, 3000, 1500], 1],
    ['the same activity twice', [10, 10], 1],
  ])('%s', (_, times, sessions) => {
    expect(countSessions(runsOf(times))).toBe(sessions);
  });

  it.each([
    ['exactly a day', SESSION_LENGTH, 1],
    ['a second more than a day', SESSION_LENGTH + 1, 2],
    ['two days and a second', 2 * SESSION_LENGTH + 1, 3],
  ])('an unbroken run of %s', (_, length, sessions) => {
    const times = [length];
    for (let at = 0; at < length; at += 1000) times.push(at);
    expect(countSessions(runsOf(times))).toBe(sessions);
  });

  it('are those of the sorted activity, in whatever order it arrives', () => {
    const time = fc.integer({ min: 0, max: 4 * SESSION_LENGTH });
    const burst = fc
      .tuple(time, fc.array(fc.integer({ min: 0, max: 2 * SESSION_IDLE }), { maxLength: 60 }))
      .map(([start, gaps]) => gaps.reduce((times, gap) => [...times, (times.at(-1) ?? 0) + gap], [start]));
    fc.assert(
      fc.property(
        fc.array(burst, { maxLength: 4 }).map((bursts) => bursts.flat()),
        fc.nat(),
        fc.constantFrom(2, 10, Infinity),
        (times, seed, every) => {
          const activities = times.map((at, i) => ({ at, told: i % every === 1 }));
          const runs = fold(shuffled(activities, seed));
          expect(countSessions(runs)).toBe(reference(activities));
          expect(fold(shuffled([...activities, ...activities], seed + 1))).toEqual(runs);
        },
      ),
      { seed: 1, numRuns: 500 },
    );
  });
});

describe('a session that is told to start', () => {
  it.each<[string, readonly number[], readonly number[], number]>([
    ['is one of its own', [], [0], 1],
    ['is not one with what was right before', [0], [10], 2],
    ['takes in what is right after', [20], [10], 1],
    ['is told once, however often', [], [10, 10], 1],
    ['is one with the activity of its instant', [10], [10], 1],
    ['begins where one begins anyway', [0], [SESSION_IDLE + 1], 2],
    ['divides one that went on before and after', [0, 100], [50], 2],
    ['at the very end of one is one more', [0, 100], [100], 2],
    ['is one of each time', [0], [10, 20], 3],
  ])('%s', (_, times, told, sessions) => {
    const activities = [...quiet(times), ...told.map((at) => ({ at, told: true }))];
    expect(countSessions(fold(activities))).toBe(sessions);
    expect(fold(activities.toReversed())).toEqual(fold(activities));
  });
});

describe('runs of two contacts', () => {
  it.each<[string, Run[], number]>([
    [
      '30 minutes apart are one',
      [
        { startedAt: 0, endedAt: 10, told: false, companyIds: [] },
        { startedAt: 10 + SESSION_IDLE, endedAt: 9e3, told: false, companyIds: [] },
      ],
      1,
    ],
    [
      'further apart stay two',
      [
        { startedAt: 0, endedAt: 10, told: false, companyIds: [] },
        { startedAt: 11 + SESSION_IDLE, endedAt: 9e3, told: false, companyIds: [] },
      ],
      2,
    ],
    [
      'inside one another are one',
      [
        { startedAt: 0, endedAt: 9e3, told: false, companyIds: [] },
        { startedAt: 10, endedAt: 20, told: false, companyIds: [] },
      ],
      1,
    ],
  ])('%s', (_, runs, count) => {
    expect(joinRuns(runs)).toHaveLength(count);
  });

  it('join into those of all their activity together', () => {
    const activity = fc.record({ at: fc.nat(200_000), told: fc.boolean() });
    const activities = fc.array(activity, { maxLength: 30 });
    fc.assert(
      fc.property(activities, activities, (one, other) => {
        expect(joinRuns([...fold(one), ...fold(other)])).toEqual(fold([...one, ...other]));
      }),
    );
  });
});

describe('sessions of an app', () => {
  it.each([
    ['becoming active once', [0], 1],
    ['again within 20 seconds', [0, APP_IDLE], 1],
    ['again a second later', [0, APP_IDLE + 1], 2],
    ['over and over, each within 20 seconds of the last', [0, 15, 30, 45], 1],
    ['a late one in between', [0, 40, 20], 1],
    ['all day long', Array.from({ length: 6_000 }, (_, i) => i * 20), 1],
  ])('%s', (_, times, sessions) => {
    const runs = fold(quiet(times), 'ios');
    expect(countSessions(runs, 'ios')).toBe(sessions);
    expect(fold(quiet(times.toReversed()), 'ios')).toEqual(runs);
  });

  it('are counted as the sorted activity says, in whatever order it arrives', () => {
    fc.assert(
      fc.property(fc.array(fc.nat(600), { maxLength: 40 }), fc.nat(), (times, seed) => {
        const sorted = [...new Set(times)].sort((a, b) => a - b);
        const starts = sorted.filter((at, i) => i === 0 || at - (sorted[i - 1] ?? 0) > APP_IDLE);
        expect(countSessions(fold(shuffled(quiet(times), seed), 'android'), 'android')).toBe(starts.length);
      }),
      { seed: 1, numRuns: 500 },
    );
  });
});

describe('the companies of a session', () => {
  const companies = fc.subarray(['acme', 'umbrella', 'initech']);
  const activity = fc.record({ at: fc.nat(40_000), told: fc.boolean(), companyIds: companies });

  /** The definition, on raw activity: those that the first activity of a session names. */
  function namedBy(activities: readonly Required<Activity>[]): string[][] {
    const times = [...new Set(activities.map(({ at }) => at))].sort((a, b) => a - b);
    const at = (time: number) => activities.filter((one) => one.at === time);
    const starts = times.filter(
      (time, i) => i === 0 || time - (times[i - 1] ?? 0) > SESSION_IDLE || at(time).some(({ told }) => told),
    );
    return starts.map((start) => {
      const told = at(start).filter((one) => one.told);
      const naming = told.length > 0 ? told : at(start);
      return [...new Set(naming.flatMap(({ companyIds }) => companyIds))].sort();
    });
  }

  it('are those of its first activity, in whatever order they arrive', () => {
    fc.assert(
      fc.property(fc.array(activity, { maxLength: 30 }), fc.nat(), (activities, seed) => {
        const runs = fold(shuffled(activities, seed));
        expect(runs.map(({ companyIds }) => companyIds)).toEqual(namedBy(activities));
      }),
      { seed: 1, numRuns: 500 },
    );
  });
});
