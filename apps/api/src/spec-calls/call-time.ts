import { isoSeconds, parse, seconds, type SpecCall } from '#contracts';
import { z } from 'zod';

/** Clocks that differ by no more than this, in seconds, are taken for the same: the rest is the way of the call. */
const TRUSTED_SKEW = 10;

const possible = z.object({ timestamp: seconds });

type Told = Pick<SpecCall, 'timestamp' | 'originalTimestamp' | 'sentAt'>;

/** When a call, or the batch that it came in, was received, in unix seconds. */
export interface Receipt {
  readonly at: number;
  /** By how much the sender's clock is behind ours, in seconds, as the batch tells it. */
  readonly skew: number;
}

/**
 * When a call happened, in unix seconds: `receivedAt - (sentAt - originalTimestamp)`, so that the sender's clock does
 * not matter. A `timestamp` beside an `originalTimestamp` is right already, and so is the only one where `sentAt` agrees
 * with our clock: then a repeated call has the time that it had. Throws InvalidInput for a time that cannot be.
 */
export function timeOf({ timestamp, originalTimestamp, sentAt }: Told, receipt: Receipt): number {
  const said = timestamp ?? originalTimestamp;
  if (said === undefined) return receipt.at;
  const isRight = timestamp !== undefined && originalTimestamp !== undefined;
  const skew = sentAt === undefined ? receipt.skew : skewOf(sentAt, receipt.at);
  const at = isRight ? said : said + skew;
  if (at < 0 || at > receipt.at + TRUSTED_SKEW) parse(possible, { timestamp: Math.floor(at) });
  return at;
}

/** By how much a clock that says `sentAt` is behind ours, in seconds; 0 where they agree, or it says nothing. */
export function skewOf(sentAt: unknown, receivedAt: number): number {
  const skew = typeof sentAt === 'string' ? receivedAt - isoSeconds(sentAt) : NaN;
  return Math.abs(skew) > TRUSTED_SKEW ? skew : 0;
}
