import { Injectable } from '@nestjs/common';
import { WorkspaceRepository, WriteKeyRepository } from '#database';
import { Clock } from '#platform';
import { type OpenedWorkspace, RememberedWorkspaces } from './remembered-workspaces.js';

/** Which workspace a token or a write key opens. The two are kept apart: a write key is never taken for a token. */
@Injectable()
export class AccessTokens {
  private readonly tokens: RememberedWorkspaces;
  private readonly toSend: RememberedWorkspaces;

  constructor(workspaces: WorkspaceRepository, writeKeys: WriteKeyRepository, clock: Clock) {
    this.tokens = new RememberedWorkspaces((sha256) => workspaces.findByToken(sha256), clock);
    this.toSend = new RememberedWorkspaces(
      async (sha256) => (await writeKeys.findWorkspace(sha256)) ?? workspaces.findByToken(sha256),
      clock,
    );
  }

  open(token: string): Promise<OpenedWorkspace | undefined> {
    return this.tokens.open(token);
  }

  /** For those who only send: a write key, or the token in its place. */
  openToSend(key: string): Promise<OpenedWorkspace | undefined> {
    return this.toSend.open(key);
  }
}
