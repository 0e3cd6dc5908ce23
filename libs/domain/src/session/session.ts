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

/** From one instant to another, in unix seconds. */
export interface Span {
  readonly from: number;
  readonly until: number;
}

/**
 * An unbroken run of activity on one platform, in unix seconds. Both ends are activities; where another run goes on at
 * once, the end is the start of that one.
 */
export interface Run {
  readonly startedAt: number;
  readonly endedAt: number;
  /**
   * When a client said that this session starts, first and last: so it is not one with what was before. Null if nobody
   * did.
   */
  readonly told: Span | null;
  /** The companies that its first activity was for, in order. Only on the web they have sessions (reference 1.2). */
  readonly companyIds: readonly Id[];
}

/** An activity as a run of no length. Times are kept to the microsecond. */
export function runOf({ createdAt, platform, ...activity }: ActivityUpdate): Run {
  const at = Math.round(createdAt * 1e6) / 1e6;
  const { startsSession = false, companyIds = [] } = activity;
  const told = startsSession ? { from: at, until: at } : null;
  return { startedAt: at, endedAt: at, told, companyIds: isMobile(platform) ? [] : sorted(companyIds) };
}

/**
 * Joins runs of one platform: what is not further apart than {@link SESSION_IDLE} is one, cut where a session was told to
 * start; that of an app not, if the one before started, or was told to, within {@link ACTIVE_AGAIN} seconds. The result
 * is that of the sorted activity, whatever the order of arrival, ordered by start.
 */
export function joinRuns(runs: readonly Run[], platform: Platform): Run[] {
  const again = isMobile(platform) ? ACTIVE_AGAIN : 0;
  const spans = runs.map((run) => ({ ...run, from: run.startedAt, until: run.endedAt }));
  return chains(spans, SESSION_IDLE).flatMap((stretch) => cut(stretch, again));
}

/** How many sessions the runs are: one each; on the web one more for every full day and a bit that a run goes on. */
export function countSessions(runs: readonly Run[], platform: Platform): number {
  if (isMobile(platform)) return runs.length;
  return runs.reduce(
    (count, run) => count + Math.max(1, Math.ceil((run.endedAt - run.startedAt) / SESSION_LENGTH)),
    0,
  );
}

/** What is not further apart than `gap` seconds, together, each by its start. */
function chains<T extends Span>(spans: readonly T[], gap: number): T[][] {
  const found: T[][] = [];
  let end = -Infinity;
  for (const span of spans.toSorted((a, b) => a.from - b.from)) {
    if (span.from > end + gap) found.push([]);
    found.at(-1)?.push(span);
    end = Math.max(end, span.until);
  }
  return found;
}

/** @param stretch without a pause. Starts that are told within `again` seconds of another are one with it. */
function cut(stretch: readonly Run[], again: number): Run[] {
  const first = Math.min(...stretch.map(({ startedAt }) => startedAt));
  const end = Math.max(...stretch.map(({ endedAt }) => endedAt));
  const told = chains(
    stretch.flatMap((run) => run.told ?? []),
    again,
  ).map(whole);
  const opening = told.find(({ from }) => from <= first + again) ?? null;
  const later = told.filter((span) => span !== opening);
  const starts = [
    { startedAt: first, told: opening },
    ...later.map((span) => ({ startedAt: span.from, told: span })),
  ];
  return starts.map((start, i) => ({
    ...start,
    endedAt: starts[i + 1]?.startedAt ?? end,
    companyIds: companiesAt(start.startedAt, stretch),
  }));
}

const whole = (chain: readonly Span[]): Span => ({
  from: Math.min(...chain.map(({ from }) => from)),
  until: Math.max(...chain.map(({ until }) => until)),
});

/** What is of one instant is for the companies of all; where it is told to be a start, of those that tell it. */
function companiesAt(at: number, stretch: readonly Run[]): Id[] {
  const first = stretch.filter(({ startedAt }) => startedAt === at);
  const tellers = first.filter(({ told }) => told?.from === at);
  return sorted((tellers.length > 0 ? tellers : first).flatMap(({ companyIds }) => companyIds));
}

const sorted = (ids: readonly Id[]): Id[] => [...new Set(ids)].sort();
