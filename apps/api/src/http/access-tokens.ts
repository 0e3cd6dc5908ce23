import { hash } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import { LRUCache } from 'lru-cache';
import { type WorkspaceKey, WorkspaceRepository } from '#database';
import { Clock } from '#platform';

/** How long an opened workspace is remembered, in milliseconds: as long as a revoked token may still work. */
const REMEMBERED = 10_000;

/** How many tokens are remembered at once. */
const MAX_TOKENS = 10_000;

/** Which workspace a bearer token opens. Nothing but its SHA-256 is ever kept. */
@Injectable()
export class AccessTokens {
  private readonly opened: LRUCache<string, WorkspaceKey>;

  constructor(
    private readonly workspaces: WorkspaceRepository,
    clock: Clock,
  ) {
    const perf = { now: () => clock.now() * 1000 };
    this.opened = new LRUCache({ max: MAX_TOKENS, ttl: REMEMBERED, ttlResolution: 0, perf });
  }

  /** The workspace, and the token's SHA-256 in hex, by which it may be told from others. */
  async open(token: string): Promise<{ workspace: WorkspaceKey; sha256: string } | undefined> {
    const sha256 = hash('sha256', token, 'hex');
    const opened = this.opened.get(sha256);
    if (opened) return { workspace: opened, sha256 };
    const workspace = await this.workspaces.findByToken(sha256);
    if (!workspace) return undefined;
    this.opened.set(sha256, workspace);
    return { workspace, sha256 };
  }
}
