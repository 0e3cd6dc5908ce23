import type { Id } from '../id.js';
import type { Platform } from '../update/update.js';

/** A contact that is quiet for longer than this starts a new session on the web (reference 1.4), in seconds. */
export const SESSION_IDLE = 30 * 60;

/** A session on the web that goes on for longer than this is counted again (reference 1.4), in seconds. */
export const SESSION_LENGTH = 24 * 60 * 60;

/** An app that becomes active again within this time has not been away (reference 1.4), in seconds. */
export const APP_IDLE = 20;

/**
 * An unbroken run of activity on one platform, in unix seconds. Both ends are activities; where another run goes on at
 * once, the end is the start of that one.
 */
export interface Run {
  readonly startedAt: number;
  readonly endedAt: number;
  /** A client said that a session starts here, so it is not one with what was before. */
  readonly told: boolean;
  /** The companies that its first activity was for, in order. */
  readonly companyIds: readonly Id[];
}

const idleOf = (platform: Platform): number => (platform === 'web' ? SESSION_IDLE : APP_IDLE);

/**
 * Joins runs of one platform, an activity being a run of no length: what is not further apart than that platform's
 * idle time is one, cut where a session was told to start. The result is that of the sorted activity, whatever the
 * order of arrival, ordered by start.
 */
export function joinRuns(runs: readonly Run[], platform: Platform): Run[] {
  const stretches: Run[][] = [];
  let end = -Infinity;
  for (const run of [...runs].sort((a, b) => a.startedAt - b.startedAt)) {
    if (run.startedAt > end + idleOf(platform)) stretches.push([]);
    stretches.at(-1)?.push(run);
    end = Math.max(end, run.endedAt);
  }
  return stretches.flatMap(cut);
}

/** @param stretch ordered by start, without a pause */
function cut(stretch: readonly Run[]): Run[] {
  const told = new Set(stretch.filter((run) => run.told).map((run) => run.startedAt));
  const starts = [...new Set([...stretch.slice(0, 1).map((run) => run.startedAt), ...told])];
  const end = Math.max(...stretch.map((run) => run.endedAt));
  return starts.map((startedAt, i) => ({
    startedAt,
    endedAt: starts[i + 1] ?? end,
    told: told.has(startedAt),
    companyIds: companiesAt(startedAt, stretch),
  }));
}

/** Activities of one instant name their companies together; where one of them tells of a start, only such do. */
function companiesAt(startedAt: number, stretch: readonly Run[]): Id[] {
  const first = stretch.filter((run) => run.startedAt === startedAt);
  const telling = first.filter((run) => run.told);
  const naming = telling.length > 0 ? telling : first;
  return [...new Set(naming.flatMap((run) => run.companyIds))].sort();
}

/** How many sessions the runs are: one each, and on the web one more for every full day and a bit that a run goes on. */
export function countSessions(runs: readonly Run[], platform: Platform): number {
  if (platform !== 'web') return runs.length;
  return runs.reduce(
    (count, run) => count + Math.max(1, Math.ceil((run.endedAt - run.startedAt) / SESSION_LENGTH)),
    0,
  );
}
