import { Injectable } from '@nestjs/common';
import {
  EndpointRepository,
  SegmentRepository,
  type Transaction,
  WorkspaceRepository,
  type WorkspaceSettings,
} from '#database';
import { RuleIndex } from '#domain';
import { ruleOf } from './rule-of.js';
import { Workspace } from './workspace.js';

/** Workspaces as apply needs them, compiled once a version. */
@Injectable()
export class Workspaces {
  private readonly compiled = new Map<number, { version: number; workspace: Workspace }>();

  constructor(
    private readonly workspaces: WorkspaceRepository,
    private readonly segments: SegmentRepository,
    private readonly endpoints: EndpointRepository,
  ) {}

  /**
   * To be called when the contacts are locked, not before: then a rule that is not seen yet was committed after the
   * lock, and its back-fill, which waits for the lock, sees what this transaction writes.
   */
  async load(ids: readonly number[], tx: Transaction): Promise<Map<number, Workspace>> {
    const loaded = new Map<number, Workspace>();
    for (const settings of await this.workspaces.settings(ids, tx)) {
      const known = this.compiled.get(settings.id);
      loaded.set(
        settings.id,
        known?.version === settings.rulesVersion ? known.workspace : await this.compile(settings, tx),
      );
    }
    return loaded;
  }

  private async compile(settings: WorkspaceSettings, tx: Transaction): Promise<Workspace> {
    const segments = await this.segments.listLive(settings.id, tx);
    const workspace = new Workspace(
      settings.appId,
      new RuleIndex(segments.map((segment) => ruleOf(segment, settings.timeZone))),
      new Map(segments.map((segment) => [segment.id, segment.name])),
      await this.endpoints.listEnabled(settings.id, tx),
    );
    this.compiled.set(settings.id, { version: settings.rulesVersion, workspace });
    return workspace;
  }
}
