import type { Answer, FailureCode, Outcome } from './outcome.js';
import { parseRetryAfter } from './retry-after.js';

const MINUTE = 60;
const HOUR = 60 * MINUTE;

/** Seconds between one attempt and the next: soon at first, for a restart; then for up to 76 hours, for a weekend. */
export const RETRY_DELAYS: readonly number[] = [
  5,
  30,
  2 * MINUTE,
  10 * MINUTE,
  30 * MINUTE,
  2 * HOUR,
  5 * HOUR,
  10 * HOUR,
  14 * HOUR,
  20 * HOUR,
  24 * HOUR,
];

const MAX_ATTEMPTS = RETRY_DELAYS.length + 1;

/** An answer that says "never": it is asked again a few times only, for a deploy can make a route vanish for minutes. */
const DEFINITE_ATTEMPTS = 4;
const DEFINITE = new Set([400, 401, 403, 404, 413, 415, 422]);

/** Added to a delay, never taken away, so that a restart does not bring everything back at one instant. */
const JITTER = 0.2;

/** How long, at most and in seconds, an endpoint rests that is overrun and does not say for how long. */
const REST = 60;

/** Asking again cannot help. */
const HOPELESS = new Set<FailureCode>(['address_denied', 'url_invalid']);
const OVERRUN = new Set<FailureCode>(['timeout', 'connect_timeout']);

/**
 * What follows from an attempt. Delays are in seconds. With `restFor`, no delivery of the endpoint is tried for so
 * long; with `disable`, none ever again until someone enables it, and the text says why.
 */
export type Verdict =
  | { readonly kind: 'delivered' }
  | { readonly kind: 'retry'; readonly delay: number; readonly restFor?: number }
  | { readonly kind: 'dead'; readonly disable?: string };

/**
 * @param attempt which automatic attempt this was, from 1
 * @param now unix seconds, for a Retry-After that is a date
 * @param chance 0 to 1, the share of the jitter
 */
export function verdictOf(outcome: Outcome, attempt: number, now: number, chance: number): Verdict {
  if ('status' in outcome) return verdictOfAnswer(outcome, attempt, now, chance);
  if (HOPELESS.has(outcome.error)) return { kind: 'dead' };
  return retry(attempt, MAX_ATTEMPTS, chance, OVERRUN.has(outcome.error) ? {} : undefined);
}

function verdictOfAnswer(
  { status, retryAfter }: Answer,
  attempt: number,
  now: number,
  chance: number,
): Verdict {
  if (status >= 200 && status < 300) return { kind: 'delivered' };
  if (status === 410) return { kind: 'dead', disable: 'the endpoint answered 410 Gone' };
  if (DEFINITE.has(status)) return retry(attempt, DEFINITE_ATTEMPTS, chance);
  const hint = status === 429 || status === 503 ? parseRetryAfter(retryAfter, now) : undefined;
  return later(retry(attempt, MAX_ATTEMPTS, chance, status === 429 ? { hint } : undefined), hint);
}

/** @param overrun given when the whole endpoint must rest: for as long as it hinted, or as this delivery waits */
function retry(
  attempt: number,
  limit: number,
  chance: number,
  overrun?: { hint?: number | undefined },
): Verdict {
  const base = RETRY_DELAYS[Math.max(attempt, 1) - 1];
  if (attempt >= limit || base === undefined) return { kind: 'dead' };
  const delay = base * (1 + JITTER * chance);
  if (!overrun) return { kind: 'retry', delay };
  return { kind: 'retry', delay, restFor: overrun.hint ?? Math.min(delay, REST) };
}

/** A hint can only delay. */
function later(verdict: Verdict, hint: number | undefined): Verdict {
  if (verdict.kind !== 'retry' || hint === undefined) return verdict;
  return { ...verdict, delay: Math.max(verdict.delay, hint) };
}
