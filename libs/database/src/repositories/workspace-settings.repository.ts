import { Injectable } from '@nestjs/common';
import type { Id } from '#domain';
import { Database, type Transaction } from '../database.js';
import { Workspace } from '../entities/workspace.entity.js';
import { SegmentRepository } from './segment.repository.js';
import { WorkspaceRepository } from './workspace.repository.js';

/** What a workspace may decide for itself. */
export type WorkspaceChoices = Pick<
  Workspace,
  'timeZone' | 'unknownAttributes' | 'identityVerification' | 'ipAddresses'
>;

/** What a workspace has decided for itself. */
@Injectable()
export class WorkspaceSettingsRepository {
  constructor(
    private readonly database: Database,
    private readonly workspaces: WorkspaceRepository,
    private readonly segments: SegmentRepository,
  ) {}

  find(workspaceId: number, tx: Pick<Transaction, 'entities'> = this.database): Promise<WorkspaceChoices> {
    return tx.entities.findOneByOrFail(Workspace, { id: workspaceId });
  }

  /** Another time zone makes every segment a new version; answers with those, whose back-fill starts anew. */
  update(workspaceId: number, changes: Partial<WorkspaceChoices>): Promise<Id[]> {
    return this.database.transaction(async (tx) => {
      const before = await this.find(workspaceId, tx);
      const moved = changes.timeZone !== undefined && changes.timeZone !== before.timeZone;
      // Whoever changes a segment locks it before the workspace.
      if (moved) await this.segments.lockLive(workspaceId, tx);
      if (Object.keys(changes).length > 0) await tx.entities.update(Workspace, { id: workspaceId }, changes);
      if (!moved) return [];
      await this.workspaces.bumpRules(workspaceId, tx);
      return this.segments.refillLive(workspaceId, tx);
    });
  }
}
