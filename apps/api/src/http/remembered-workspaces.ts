import { hash } from 'node:crypto';
import { LRUCache } from 'lru-cache';
import type { WorkspaceKey } from '#database';
import type { Clock } from '#platform';

/** How long an opened workspace is remembered, in milliseconds: as long as a revoked key may still work. */
const REMEMBERED = 10_000;

/** How many keys are remembered at once. */
const MAX_KEYS = 10_000;

/** The workspace that a key opens, and the key's SHA-256 in hex, by which it may be told from others. */
export interface OpenedWorkspace {
  readonly workspace: WorkspaceKey;
  readonly sha256: string;
}

/** Which workspaces keys of one kind open. Nothing but their SHA-256 is ever kept. */
export class RememberedWorkspaces {
  private readonly opened: LRUCache<string, WorkspaceKey>;

  constructor(
    private readonly find: (sha256: string) => Promise<WorkspaceKey | undefined>,
    clock: Clock,
  ) {
    const perf = { now: () => clock.now() * 1000 };
    this.opened = new LRUCache({ max: MAX_KEYS, ttl: REMEMBERED, ttlResolution: 0, perf });
  }

  async open(key: string): Promise<OpenedWorkspace | undefined> {
    const sha256 = hash('sha256', key, 'hex');
    const workspace = this.opened.get(sha256) ?? (await this.find(sha256));
    if (!workspace) return undefined;
    if (!this.opened.has(sha256)) this.opened.set(sha256, workspace);
    return { workspace, sha256 };
  }
}
