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
   * The workspaces of these rows, and the time by the database's clock. To be called when the contacts are locked, not
   * before: then a rule that is not seen yet was committed after the lock, and its back-fill, which waits for the
   * lock, sees what this transaction writes; and what is evaluated later never carries an earlier time.
   */
  async load(rows: readonly { readonly workspaceId: number }[], tx: Transaction) {
    const ids = new Set(rows.map((row) => row.workspaceId));
    const workspaces = new Map<number, Workspace>();
    let now = 0;
    for (const settings of await this.workspaces.settings([...ids], tx)) {
      const known = this.compiled.get(settings.id);
      const current = known?.version === settings.rulesVersion;
      workspaces.set(settings.id, current ? known.workspace : await this.compile(settings, tx));
      now = Math.max(now, settings.now);
    }
    return { now, workspaces };
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
