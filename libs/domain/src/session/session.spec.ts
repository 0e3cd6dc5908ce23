import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { addActivity, countSessions, joinRuns, type Run, SESSION_IDLE, SESSION_LENGTH } from './session.js';

const runsOf = (times: readonly number[]): Run[] =>
  times.reduce<Run[]>((runs, at) => addActivity(runs, at), []);

/** The definition, on raw activity. */
function reference(times: readonly number[]): number {
  let sessions = 0;
  let start = -Infinity;
  let last = -Infinity;
  for (const at of [...times].sort((a, b) => a - b)) {
    if (at - last > SESSION_IDLE) {
      sessions++;
      start = at;
    } else {
      const days = (to: number): number => Math.max(1, Math.ceil((to - start) / SESSION_LENGTH));
      sessions += days(at) - days(last);
    }
    last = at;
  }
  return sessions;
}

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
        (times, seed) => {
          const shuffled = times
            .map((at, i) => [(i * 7919 + seed) % 1009, at] as const)
            .sort((a, b) => a[0] - b[0]);
          expect(countSessions(runsOf(shuffled.map(([, at]) => at)))).toBe(reference(times));
        },
      ),
      { seed: 1, numRuns: 500 },
    );
  });
});

describe('runs of two contacts', () => {
  it.each<[string, Run[], number]>([
    [
      '30 minutes apart are one',
      [
        { startedAt: 0, endedAt: 10 },
        { startedAt: 10 + SESSION_IDLE, endedAt: 9e3 },
      ],
      1,
    ],
    [
      'further apart stay two',
      [
        { startedAt: 0, endedAt: 10 },
        { startedAt: 11 + SESSION_IDLE, endedAt: 9e3 },
      ],
      2,
    ],
    [
      'inside one another are one',
      [
        { startedAt: 0, endedAt: 9e3 },
        { startedAt: 10, endedAt: 20 },
      ],
      1,
    ],
  ])('%s', (_, runs, count) => {
    expect(joinRuns(runs)).toHaveLength(count);
  });

  it('join into those of all their activity together', () => {
    const times = fc.array(fc.nat(200_000), { maxLength: 30 });
    fc.assert(
      fc.property(times, times, (one, other) => {
        expect(joinRuns([...runsOf(one), ...runsOf(other)])).toEqual(runsOf([...one, ...other]));
      }),
    );
  });
});
