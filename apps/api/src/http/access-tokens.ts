import { hash } from 'node:crypto';
import { Inject, Injectable } from '@nestjs/common';
import { type WorkspaceKey, WorkspaceRepository } from '#database';
import { Clock } from '#platform';

/** How long an opened workspace is remembered, in seconds: as long as a revoked token may still work. */
const REMEMBERED = 10;

/** How many tokens are remembered at once. */
const MAX_TOKENS = 10_000;

/** Which workspace a bearer token opens. Nothing but its SHA-256 is ever kept. */
@Injectable()
export class AccessTokens {
  private readonly opened = new Map<string, { at: number; workspace: WorkspaceKey }>();

  constructor(
    @Inject(WorkspaceRepository) private readonly workspaces: WorkspaceRepository,
    @Inject(Clock) private readonly clock: Clock,
  ) {}

  async workspaceOf(token: string): Promise<WorkspaceKey | undefined> {
    const sha256 = hash('sha256', token, 'hex');
    const now = this.clock.now();
    const opened = this.opened.get(sha256);
    if (opened && now - opened.at < REMEMBERED) return opened.workspace;
    const workspace = await this.workspaces.findByToken(sha256);
    this.remember(sha256, workspace, now);
    return workspace;
  }

  private remember(sha256: string, workspace: WorkspaceKey | undefined, at: number): void {
    if (this.opened.size >= MAX_TOKENS) this.opened.clear();
    if (workspace) this.opened.set(sha256, { at, workspace });
    else this.opened.delete(sha256);
  }
}
