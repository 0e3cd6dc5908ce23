import { Injectable } from '@nestjs/common';
import { LRUCache } from 'lru-cache';
import { IdentitySecretRepository, WorkspaceRepository } from '#database';
import { DomainError, type IdentityVerification } from '#domain';
import { SecretBox } from '#platform';

/** How long another process may go on by the settings and secrets that a workspace had before, in milliseconds. */
const REMEMBERED_MS = 5_000;
const REMEMBERED_WORKSPACES = 1_000;

/** A workspace as browsers meet it. */
export interface BrowserWorkspace {
  readonly workspaceId: number;
  readonly appId: string;
  readonly verification: IdentityVerification;
  /** The keys that its backend may sign with, the newest first. */
  readonly secrets: readonly Uint8Array[];
}

/** Workspaces by their app id, which is no secret: it is in every page. */
@Injectable()
export class BrowserWorkspaces {
  private readonly known = new LRUCache<string, BrowserWorkspace>({
    max: REMEMBERED_WORKSPACES,
    ttl: REMEMBERED_MS,
  });

  constructor(
    private readonly workspaces: WorkspaceRepository,
    private readonly secrets: IdentitySecretRepository,
    private readonly box: SecretBox,
  ) {}

  /** Throws `not_found`. */
  async find(appId: string): Promise<BrowserWorkspace> {
    const known = this.known.get(appId);
    if (known) return known;
    const workspace = await this.workspaces.findByAppId(appId);
    if (!workspace) throw new DomainError('not_found', `No workspace has the app id ${appId}`);
    const sealed = await this.secrets.list(workspace.id);
    const found = {
      workspaceId: workspace.id,
      appId,
      verification: workspace.identityVerification,
      secrets: sealed.map(({ id, secret }) => this.box.open(secret, id)),
    };
    this.known.set(appId, found);
    return found;
  }

  /** To be called when settings or secrets have changed. */
  forget(appId: string): void {
    this.known.delete(appId);
  }
}
