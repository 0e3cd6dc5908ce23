/** A contact that is quiet for longer than this starts a new session (reference 1.4), in seconds. */
export const SESSION_IDLE = 30 * 60;

/** A session that goes on for longer than this is counted again (reference 1.4), in seconds. */
export const SESSION_LENGTH = 24 * 60 * 60;

/** An unbroken run of activity on one platform; both ends are activities, in unix seconds. */
export interface Run {
  readonly startedAt: number;
  readonly endedAt: number;
}

/**
 * Adds an activity to the runs of one contact and platform, ordered by start. A late activity may join two of them.
 * The result is that of the sorted activity, whatever the order of arrival.
 */
export function addActivity(runs: readonly Run[], at: number): Run[] {
  const near = (run: Run): boolean => run.startedAt - SESSION_IDLE <= at && at <= run.endedAt + SESSION_IDLE;
  const joined = runs.filter(near);
  const run = {
    startedAt: Math.min(at, ...joined.map((run) => run.startedAt)),
    endedAt: Math.max(at, ...joined.map((run) => run.endedAt)),
  };
  return [...runs.filter((run) => !near(run)), run].sort((a, b) => a.startedAt - b.startedAt);
}

/** Runs of one platform that came from several contacts: those that are near each other are one. */
export function joinRuns(runs: readonly Run[]): Run[] {
  const joined: Run[] = [];
  for (const run of [...runs].sort((a, b) => a.startedAt - b.startedAt)) {
    const last = joined.at(-1);
    if (!last || run.startedAt > last.endedAt + SESSION_IDLE) joined.push(run);
    else joined[joined.length - 1] = { ...last, endedAt: Math.max(last.endedAt, run.endedAt) };
  }
  return joined;
}

/** How many sessions the runs are: one each, and one more for every full day and a bit that a run goes on. */
export function countSessions(runs: readonly Run[]): number {
  return runs.reduce(
    (count, run) => count + Math.max(1, Math.ceil((run.endedAt - run.startedAt) / SESSION_LENGTH)),
    0,
  );
}
