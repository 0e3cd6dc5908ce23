import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { type Platform, PLATFORMS } from '../update/update.js';
import { companySessions, runChanges } from './run-changes.js';
import {
  ACTIVE_AGAIN,
  countSessions,
  joinRuns,
  type Run,
  runOf,
  SESSION_IDLE,
  SESSION_LENGTH,
} from './session.js';

interface Activity {
  readonly at: number;
  readonly told: boolean;
  readonly companyIds?: readonly string[];
}

const quiet = (times: readonly number[]): Activity[] => times.map((at) => ({ at, told: false }));
const told = (times: readonly number[]): Activity[] => times.map((at) => ({ at, told: true }));

const asRun =
  (platform: Platform) =>
  ({ at, told: startsSession, companyIds = [] }: Activity): Run =>
    runOf({ kind: 'activity', createdAt: at, platform, startsSession, companyIds });

/** One after another, as they arrive. */
const fold = (activities: readonly Activity[], platform: Platform = 'web'): Run[] =>
  activities.reduce<Run[]>((runs, one) => joinRuns([...runs, asRun(platform)(one)], platform), []);

const count = (activities: readonly Activity[], platform: Platform = 'web'): number =>
  countSessions(fold(activities, platform), platform);

/** The definition, on raw activity: where sessions start. */
function startsOf(activities: readonly Activity[], platform: Platform): number[] {
  const instants = [...new Set(activities.map(({ at }) => at))].sort((a, b) => a - b);
  const toldAt = instants.filter((at) => activities.some((one) => one.told && one.at === at));
  const again = platform === 'web' ? 0 : ACTIVE_AGAIN;
  const afterPause = instants.filter((at, i) => at - (instants[i - 1] ?? -Infinity) > SESSION_IDLE);
  const isAgain = (at: number) =>
    [...afterPause, ...toldAt].some((other) => other < at && at - other <= again);
  return instants.filter((at) => afterPause.includes(at) || (toldAt.includes(at) && !isAgain(at)));
}

/** The definition, on raw activity: how many sessions there are, a day and a bit on the web being two. */
function reference(activities: readonly Activity[], platform: Platform): number {
  const starts = startsOf(activities, platform);
  if (platform !== 'web') return starts.length;
  return starts.reduce((sessions, start, i) => {
    const next = starts[i + 1] ?? Infinity;
    const last = Math.max(...activities.map(({ at }) => at).filter((at) => at < next));
    const end = next - last > SESSION_IDLE ? last : next;
    return sessions + Math.max(1, Math.ceil((end - start) / SESSION_LENGTH));
  }, 0);
}

/** The definition, on raw activity: how many sessions began for each company. */
function companyReference(activities: readonly Activity[]): Map<string, number> {
  const counts = new Map<string, number>();
  for (const start of startsOf(activities, 'web')) {
    const first = activities.filter(({ at }) => at === start);
    const tellers = first.filter((one) => one.told);
    const named = (tellers.length > 0 ? tellers : first).flatMap(({ companyIds = [] }) => companyIds);
    for (const id of new Set(named)) counts.set(id, (counts.get(id) ?? 0) + 1);
  }
  return counts;
}

/** Always the same order for one seed. */
const shuffled = <T>(list: readonly T[], seed: number): T[] =>
  list
    .map((item, i) => [(i * 7919 + seed) % 1009, item] as const)
    .sort((a, b) => a[0] - b[0])
    .map(([, item]) => item);

/** Bursts of activity with gaps of up to `gap` seconds. */
const bursts = (gap: number) => {
  const burst = fc
    .tuple(fc.integer({ min: 0, max: 4 * SESSION_LENGTH }), fc.array(fc.nat(gap), { maxLength: 60 }))
    .map(([start, gaps]) => gaps.reduce((times, next) => [...times, (times.at(-1) ?? 0) + next], [start]));
  return fc.array(burst, { maxLength: 4 }).map((all) => all.flat());
};

describe('sessions', () => {
  it.each([
    ['no activity', [], 0],
    ['one activity', [0], 1],
    ['30 minutes idle', [0, SESSION_IDLE], 1],
    ['a second more than 30 minutes idle', [0, SESSION_IDLE + 1], 2],
    ['a late activity that joins two sessions', [0, 3000, 1500], 1],
    ['the same activity twice', [10, 10], 1],
  ])('%s', (_, times, sessions) => {
    for (const platform of PLATFORMS) expect(count(quiet(times), platform)).toBe(sessions);
  });

  it.each([
    ['exactly a day', SESSION_LENGTH, 1],
    ['a second more than a day', SESSION_LENGTH + 1, 2],
    ['two days and a second', 2 * SESSION_LENGTH + 1, 3],
  ])('an unbroken run of %s, of which an app counts one', (_, length, sessions) => {
    const times = [length];
    for (let at = 0; at < length; at += 1000) times.push(at);
    expect(count(quiet(times))).toBe(sessions);
    expect(count(quiet(times), 'ios')).toBe(1);
  });

  it.each<[Platform, number]>([
    ['web', SESSION_IDLE * 2],
    ['ios', ACTIVE_AGAIN * 2],
    ['android', SESSION_IDLE * 2],
  ])('on %s are those of the sorted activity, in whatever order it arrives', (platform, gap) => {
    const every = fc.constantFrom(2, 10, Infinity);
    fc.assert(
      fc.property(bursts(gap), fc.nat(), every, (times, seed, nth) => {
        const activities = times.map((at, i) => ({ at, told: i % nth === 1 }));
        const runs = fold(shuffled(activities, seed), platform);
        expect(countSessions(runs, platform)).toBe(reference(activities, platform));
        expect(fold(shuffled([...activities, ...activities], seed + 1), platform)).toEqual(runs);
        expect(joinRuns(activities.map(asRun(platform)), platform)).toEqual(runs);
      }),
      { seed: 1, numRuns: 300 },
    );
  });

  it('keep times to the microsecond, as they are stored', () => {
    expect(fold(told([1_700_000_000.000_000_2, 1_700_000_000]))).toHaveLength(1);
    expect(fold(told([1_700_000_000.000_002, 1_700_000_000]))).toHaveLength(2);
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
  ])('%s', (_, times, starts, sessions) => {
    const activities = [...quiet(times), ...told(starts)];
    expect(count(activities)).toBe(sessions);
    expect(fold(activities.toReversed())).toEqual(fold(activities));
  });
});

describe('an app that becomes active', () => {
  it.each<[string, readonly number[], number]>([
    ['after 20 seconds goes on', [0, ACTIVE_AGAIN], 1],
    ['after a second more starts a session', [0, ACTIVE_AGAIN + 1], 2],
    ['again and again goes on', [0, 15, 30, 45], 1],
    ['between two sessions joins them', [0, 40, 20], 1],
    ['before a session begins it', [20, 0], 1],
    ['soon after, and then later', [0, 10, 31], 2],
  ])('%s', (_, times, sessions) => {
    for (const platform of ['ios', 'android'] as const) {
      expect(count(told(times), platform)).toBe(sessions);
      expect(fold(told(times.toReversed()), platform)).toEqual(fold(told(times), platform));
    }
  });

  it('right after something else of it was seen is one with that', () => {
    expect(count([...quiet([0]), ...told([ACTIVE_AGAIN])], 'ios')).toBe(1);
    expect(count([...quiet([0]), ...told([ACTIVE_AGAIN + 1])], 'ios')).toBe(2);
    expect(count([...quiet([0]), ...told([ACTIVE_AGAIN]), ...quiet([-1])], 'ios')).toBe(2);
  });

  it('starts a session while it is used', () => {
    expect(count([...told([0]), ...quiet([30, 60, 90]), ...told([91])], 'ios')).toBe(2);
  });
});

describe('the sessions of a company', () => {
  const sessionsOf = (runs: readonly Run[]) => companySessions([], runs);
  const named = (at: number, ...companyIds: string[]): Activity => ({ at, told: false, companyIds });

  it.each<[string, Activity[], [string, number][]]>([
    ['begin with an activity for it', [named(0, 'a')], [['a', 1]]],
    ['do not go on with one', [named(0), named(60, 'a')], []],
    ['begin anew after a pause', [named(0), named(SESSION_IDLE + 1, 'a')], [['a', 1]]],
    [
      'are of all companies of an instant',
      [named(0, 'b'), named(0, 'a')],
      [
        ['a', 1],
        ['b', 1],
      ],
    ],
    ['are lost to a late activity before', [named(60, 'a'), named(0)], []],
    ['are won by a late activity before', [named(60), named(0, 'a')], [['a', 1]]],
    [
      'are those of the first where sessions join',
      [named(0, 'a'), named(3000, 'b'), named(1500)],
      [['a', 1]],
    ],
    [
      'are counted once a run, however long',
      Array.from({ length: 100 }, (_, i) => named(i * 1000, 'a')),
      [['a', 1]],
    ],
    [
      'are of whom a told start is for',
      [named(0, 'b'), { at: 0, told: true, companyIds: ['a'] }],
      [['a', 1]],
    ],
  ])('%s', (_, activities, sessions) => {
    expect([...sessionsOf(fold(activities))].sort()).toEqual(sessions);
    expect(fold(activities.toReversed())).toEqual(fold(activities));
  });

  it('are those of the sorted activity, in whatever order it arrives', () => {
    const activity = fc.record({
      at: fc.integer({ min: 0, max: 40 }).map((steps) => steps * 600),
      told: fc.integer({ min: 0, max: 4 }).map((one) => one === 0),
      companyIds: fc.subarray(['a', 'b', 'c']),
    });
    const activities = fc.array(activity, { maxLength: 25 });
    fc.assert(
      fc.property(activities, fc.nat(), fc.nat(25), (all, seed, split) => {
        const runs = fold(shuffled(all, seed));
        expect(sessionsOf(runs)).toEqual(companyReference(all));
        const [one, other] = [fold(all.slice(0, split)), fold(all.slice(split))];
        expect(joinRuns([...one, ...other], 'web')).toEqual(runs);
      }),
      { seed: 2, numRuns: 500 },
    );
  });

  it('differ by what runs lose and win', () => {
    const [a, b] = [fold([named(0, 'a', 'b')]), fold([named(0, 'b', 'c')])];
    expect([...companySessions(a, b)]).toEqual([
      ['a', -1],
      ['c', 1],
    ]);
  });
});

describe('runs of two contacts', () => {
  const run = (startedAt: number, endedAt: number): Run => ({
    startedAt,
    endedAt,
    told: null,
    companyIds: [],
  });

  it.each<[string, Run[], number]>([
    ['30 minutes apart are one', [run(0, 10), run(10 + SESSION_IDLE, 9e3)], 1],
    ['further apart stay two', [run(0, 10), run(11 + SESSION_IDLE, 9e3)], 2],
    ['inside one another are one', [run(0, 9e3), run(10, 20)], 1],
  ])('%s', (_, runs, sessions) => {
    expect(joinRuns(runs, 'web')).toHaveLength(sessions);
  });

  it.each(PLATFORMS)('on %s join into those of all their activity together', (platform) => {
    const activity = fc.record({ at: fc.nat(platform === 'web' ? 200_000 : 2_000), told: fc.boolean() });
    const activities = fc.array(activity, { maxLength: 30 });
    fc.assert(
      fc.property(activities, activities, (one, other) => {
        const both = [...fold(one, platform), ...fold(other, platform)];
        expect(joinRuns(both, platform)).toEqual(fold([...one, ...other], platform));
      }),
    );
  });

  it('become one another by what goes, comes and changes', () => {
    const [kept, longer, gone, come] = [run(0, 1), run(10, 11), run(20, 21), run(30, 31)];
    const changed = { ...longer, endedAt: 15 };
    expect(runChanges([kept, longer, gone], [kept, changed, come])).toEqual({
      gone: [gone],
      come: [come],
      changed: [changed],
    });
  });
});
