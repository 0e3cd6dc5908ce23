import { isoSeconds, parse, seconds, type SpecCall } from '#contracts';
import { z } from 'zod';

/** Clocks that differ by no more than this, in seconds, are taken for the same: the rest is the way of the call. */
const TRUSTED_SKEW = 10;

const possible = z.object({ timestamp: seconds });

/**
 * When a call happened, in unix seconds: `receivedAt - (sentAt - originalTimestamp)`, so that the sender's clock does
 * not matter. A `timestamp` beside an `originalTimestamp` is right already, and so is the only one where `sentAt` agrees
 * with our clock: then a repeated call has the time that it had. Throws InvalidInput for a time that cannot be.
 */
export function timeOf(
  { timestamp, originalTimestamp }: Pick<SpecCall, 'timestamp' | 'originalTimestamp'>,
  sentAt: unknown,
  receivedAt: number,
): number {
  const said = timestamp ?? originalTimestamp;
  if (said === undefined) return receivedAt;
  const isRight = timestamp !== undefined && originalTimestamp !== undefined;
  const at = isRight ? said : said + skewOf(sentAt, receivedAt);
  if (at < 0 || at > receivedAt + TRUSTED_SKEW) parse(possible, { timestamp: Math.floor(at) });
  return at;
}

/** By how much the sender's clock is behind ours, in seconds. */
function skewOf(sentAt: unknown, receivedAt: number): number {
  const skew = typeof sentAt === 'string' ? receivedAt - isoSeconds(sentAt) : NaN;
  return Math.abs(skew) > TRUSTED_SKEW ? skew : 0;
}
