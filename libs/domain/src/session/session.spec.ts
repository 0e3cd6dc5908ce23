import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { countSessions, joinRuns, type Run, SESSION_IDLE, SESSION_LENGTH } from './session.js';

interface Activity {
  readonly at: number;
  readonly told: boolean;
}

const quiet = (times: readonly number[]): Activity[] => times.map((at) => ({ at, told: false }));

/** One after another, as they arrive. */
const fold = (activities: readonly Activity[]): Run[] =>
  activities.reduce<Run[]>(
    (runs, { at, told }) => joinRuns([...runs, { startedAt: at, endedAt: at, told }]),
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
        { startedAt: 0, endedAt: 10, told: false },
        { startedAt: 10 + SESSION_IDLE, endedAt: 9e3, told: false },
      ],
      1,
    ],
    [
      'further apart stay two',
      [
        { startedAt: 0, endedAt: 10, told: false },
        { startedAt: 11 + SESSION_IDLE, endedAt: 9e3, told: false },
      ],
      2,
    ],
    [
      'inside one another are one',
      [
        { startedAt: 0, endedAt: 9e3, told: false },
        { startedAt: 10, endedAt: 20, told: false },
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
