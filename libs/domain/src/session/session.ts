import type { Id } from '../id.js';
import type { ActivityUpdate, Platform } from '../update/update.js';

/** A contact that is quiet for longer than this starts a new session (reference 1.4), in seconds. */
export const SESSION_IDLE = 30 * 60;

/** A session on the web that goes on for longer than this is counted again (reference 1.4), in seconds. */
export const SESSION_LENGTH = 24 * 60 * 60;

/** An app that becomes active again this soon goes on with its session (reference 1.4), in seconds. */
export const ACTIVE_AGAIN = 20;

/** Whether it is an app; mobile web is web (reference 1.4). */
export const isMobile = (platform: Platform): boolean => platform !== 'web';

/**
 * An unbroken run of activity on one platform, in unix seconds. Both ends are activities; where another run goes on at
 * once, the end is the start of that one.
 */
export interface Run {
  readonly startedAt: number;
  readonly endedAt: number;
  /**
   * A client said that a session starts here, so it is not one with what was before, and until when it said so again
   * that soon; null if nobody did.
   */
  readonly toldUntil: number | null;
  /** The companies that its first activity was for, in order. */
  readonly companyIds: readonly Id[];
}

/** An activity as a run of no length. Times are kept to the microsecond. */
export function runOf({ createdAt, startsSession = false, companyIds = [] }: ActivityUpdate): Run {
  const at = Math.round(createdAt * 1e6) / 1e6;
  return { startedAt: at, endedAt: at, toldUntil: startsSession ? at : null, companyIds: sorted(companyIds) };
}

/**
 * Joins runs of one platform: what is not further apart than {@link SESSION_IDLE} is one, cut where a session was told to
 * start; of an app, unless another was told to within the {@link ACTIVE_AGAIN} seconds before. The result is that of the
 * sorted activity, whatever the order of arrival, ordered by start.
 */
export function joinRuns(runs: readonly Run[], platform: Platform): Run[] {
  const ordered = runs.toSorted((a, b) => a.startedAt - b.startedAt);
  return chains(ordered, SESSION_IDLE, ({ endedAt }) => endedAt).flatMap((stretch) => cut(stretch, platform));
}

/** How many sessions the runs are: one each; on the web one more for every full day and a bit that a run goes on. */
export function countSessions(runs: readonly Run[], platform: Platform): number {
  if (isMobile(platform)) return runs.length;
  return runs.reduce(
    (count, run) => count + Math.max(1, Math.ceil((run.endedAt - run.startedAt) / SESSION_LENGTH)),
    0,
  );
}

/** Runs that are not further apart than `gap` seconds, together. @param runs ordered by start */
function chains(runs: readonly Run[], gap: number, endOf: (run: Run) => number): Run[][] {
  const found: Run[][] = [];
  let end = -Infinity;
  for (const run of runs) {
    if (run.startedAt > end + gap) found.push([]);
    found.at(-1)?.push(run);
    end = Math.max(end, endOf(run));
  }
  return found;
}

/** @param stretch ordered by start, without a pause */
function cut(stretch: readonly Run[], platform: Platform): Run[] {
  const toldUntil = (run: Run): number => run.toldUntil ?? run.startedAt;
  const told = stretch.filter((run) => run.toldUntil !== null);
  const starts = chains(told, isMobile(platform) ? ACTIVE_AGAIN : 0, toldUntil).map((chain) => ({
    ...firstOf(chain),
    toldUntil: Math.max(...chain.map(toldUntil)),
  }));
  const first = { ...firstOf(stretch), toldUntil: null };
  const all = starts[0]?.startedAt === first.startedAt ? starts : [first, ...starts];
  const end = Math.max(...stretch.map(({ endedAt }) => endedAt));
  return all.map((start, i) => ({ ...start, endedAt: all[i + 1]?.startedAt ?? end }));
}

/** What is of one instant is for the companies of all. @param runs ordered by start */
function firstOf(runs: readonly Run[]): Pick<Run, 'startedAt' | 'companyIds'> {
  const startedAt = runs[0]?.startedAt ?? 0;
  const first = runs.filter((run) => run.startedAt === startedAt);
  return { startedAt, companyIds: sorted(first.flatMap(({ companyIds }) => companyIds)) };
}

const sorted = (ids: readonly Id[]): Id[] => [...new Set(ids)].sort();
