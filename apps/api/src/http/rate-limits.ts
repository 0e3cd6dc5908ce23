import { Inject, Injectable } from '@nestjs/common';
import { Clock, type Config, CONFIG } from '#platform';

/** Limits are told a minute and kept in windows of this many seconds, which begin at its multiples (reference 10). */
export const WINDOW_SECONDS = 10;

/** What is left of the window that a call was counted in. `reset` is its end in unix seconds, `resetIn` seconds away. */
export interface Allowance {
  readonly limit: number;
  readonly remaining: number;
  readonly reset: number;
  readonly resetIn: number;
  readonly exceeded: boolean;
}

/** Counts the calls of access tokens, of workspaces, and of addresses that need no token. Each api process counts what it serves. */
@Injectable()
export class RateLimits {
  private window = 0;
  private readonly counts = new Map<string | number, number>();

  constructor(
    @Inject(CONFIG) private readonly config: Config,
    private readonly clock: Clock,
  ) {}

  /** Counts a call against both limits, and tells how the token stands; or the workspace, when that has run out. */
  count(token: string, workspaceId: number): Allowance {
    this.turn(Math.floor(this.clock.now() / WINDOW_SECONDS));
    const own = this.allowance(token, this.config.MUSTER_RATE_LIMIT);
    const shared = this.allowance(workspaceId, this.config.MUSTER_WORKSPACE_RATE_LIMIT);
    return shared.exceeded && !own.exceeded ? shared : own;
  }

  /** Counts a call that needs no token. */
  countAddress(address: string): Allowance {
    this.turn(Math.floor(this.clock.now() / WINDOW_SECONDS));
    return this.allowance(`address ${address}`, this.config.MUSTER_ADDRESS_RATE_LIMIT);
  }

  private turn(window: number): void {
    if (window === this.window) return;
    this.window = window;
    this.counts.clear();
  }

  private allowance(key: string | number, perMinute: number): Allowance {
    const limit = shareOf(this.window, perMinute);
    const count = (this.counts.get(key) ?? 0) + 1;
    this.counts.set(key, count);
    const reset = (this.window + 1) * WINDOW_SECONDS;
    const resetIn = Math.max(Math.ceil(reset - this.clock.now()), 1);
    return { limit, remaining: Math.max(limit - count, 0), reset, resetIn, exceeded: count > limit };
  }
}

/** Windows that follow each other share a minute so that six of them are exactly its limit. */
function shareOf(window: number, perMinute: number): number {
  const windows = 60 / WINDOW_SECONDS;
  const until = (count: number): number => Math.floor((count * perMinute) / windows);
  const place = window % windows;
  return until(place + 1) - until(place);
}
