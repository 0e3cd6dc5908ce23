import type { Id } from '../id.js';
import type { Run } from './session.js';

/** What has to be written so that one list of runs becomes another. */
export interface RunChanges<T extends Run> {
  readonly gone: readonly T[];
  readonly come: readonly T[];
  /** Those that start as before, and are otherwise different. */
  readonly changed: readonly T[];
}

/** Runs of one contact and platform start apart from each other. */
export function runChanges<T extends Run>(before: readonly T[], after: readonly T[]): RunChanges<T> {
  const old = new Map(before.map((run) => [run.startedAt, run]));
  const starts = new Set(after.map(({ startedAt }) => startedAt));
  return {
    gone: before.filter(({ startedAt }) => !starts.has(startedAt)),
    come: after.filter(({ startedAt }) => !old.has(startedAt)),
    changed: after.filter((run) => {
      const was = old.get(run.startedAt);
      return was !== undefined && !isSame(was, run);
    }),
  };
}

const isSame = (a: Run, b: Run): boolean =>
  a.endedAt === b.endedAt &&
  a.told?.from === b.told?.from &&
  a.told?.until === b.told?.until &&
  a.companyIds.join() === b.companyIds.join();

/**
 * By how many sessions companies have more, or less, when runs on the web change so: a run is one session of each
 * company that its first activity was for, however long it goes on (reference 1.4).
 */
export function companySessions(before: readonly Run[], after: readonly Run[]): Map<Id, number> {
  const differences = new Map<Id, number>();
  const count = (runs: readonly Run[], by: number) => {
    for (const id of runs.flatMap(({ companyIds }) => companyIds))
      differences.set(id, (differences.get(id) ?? 0) + by);
  };
  count(before, -1);
  count(after, 1);
  return new Map([...differences].filter(([, by]) => by !== 0));
}
