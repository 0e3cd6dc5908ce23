import { Injectable } from '@nestjs/common';
import { LRUCache } from 'lru-cache';
import { Clock, Logger } from '#platform';

/** How often a workspace is logged, in seconds. */
const QUIET_SECONDS = 60;
const WORKSPACES = 1_000;

/** Counts, for a workspace that has not decided yet, what `enforce` would refuse, and logs it once a minute. */
@Injectable()
export class UnsignedLog {
  private readonly counts = new LRUCache<string, { count: number; loggedAt: number }>({ max: WORKSPACES });

  constructor(
    private readonly logger: Logger,
    private readonly clock: Clock,
  ) {}

  add(appId: string): void {
    const now = this.clock.now();
    const { count, loggedAt } = this.counts.get(appId) ?? { count: 0, loggedAt: -Infinity };
    const quiet = now - loggedAt < QUIET_SECONDS;
    if (!quiet)
      this.logger.info(
        { kind: 'identity', app_id: appId, signals: count + 1 },
        'Accepted what no signature vouches for: identity_verification is "warn"',
      );
    this.counts.set(appId, quiet ? { count: count + 1, loggedAt } : { count: 0, loggedAt: now });
  }
}
