import { Injectable } from '@nestjs/common';
import { type WorkspaceChoices, WorkspaceSettingsRepository } from '#database';
import type { Id } from '#domain';
import { AddressChoices, AttributeRegistries } from '#pipeline';
import type { Caller } from '../http/current-workspace.decorator.js';
import { BrowserWorkspaces } from '../identity/browser-workspaces.js';

/** Changes what a workspace has decided, and lets this process forget what it knew of it. */
@Injectable()
export class WorkspaceSettings {
  constructor(
    private readonly settings: WorkspaceSettingsRepository,
    private readonly registries: AttributeRegistries,
    private readonly browsers: BrowserWorkspaces,
    private readonly addresses: AddressChoices,
  ) {}

  find(workspaceId: number): Promise<WorkspaceChoices> {
    return this.settings.find(workspaceId);
  }

  /** Answers with the segments whose back-fill starts anew. */
  async update({ workspaceId, appId }: Caller, changes: Partial<WorkspaceChoices>): Promise<Id[]> {
    const refilled = await this.settings.update(workspaceId, changes);
    this.registries.forget(workspaceId);
    this.browsers.forget(appId);
    this.addresses.forget(workspaceId);
    return refilled;
  }
}
