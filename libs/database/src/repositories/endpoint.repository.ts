import { Injectable } from '@nestjs/common';
import { IsNull } from 'typeorm';
import type { Id } from '#domain';
import { bytes, Database, type Transaction } from '../database.js';
import { Endpoint } from '../entities/endpoint.entity.js';
import { DeliveryRepository } from './delivery.repository.js';
import { WorkspaceRepository } from './workspace.repository.js';

/** An endpoint to be made. `secret` is sealed. */
export type NewEndpoint = Pick<Endpoint, 'id' | 'workspaceId' | 'url' | 'topics' | 'description' | 'secret'>;

/** What its owner may change of an endpoint. */
export type EndpointChanges = Partial<Pick<Endpoint, 'url' | 'topics' | 'description' | 'state'>>;

/** What notify needs to know of an endpoint. */
export type Subscription = Pick<Endpoint, 'id' | 'topics'>;

/** Deliveries that a removal ends at once, at most; the sweeper ends the others. */
const BURIED_AT_ONCE = 10_000;

/** Endpoints. Each change is one of the workspace's rules, so that workers learn of it. Times are unix seconds. */
@Injectable()
export class EndpointRepository {
  constructor(
    private readonly database: Database,
    private readonly workspaces: WorkspaceRepository,
    private readonly deliveries: DeliveryRepository,
  ) {}

  create(endpoint: NewEndpoint, at: number): Promise<Endpoint> {
    const time = new Date(at * 1000);
    return this.changeRules(endpoint.workspaceId, async (tx) => {
      const row = { ...endpoint, state: 'enabled' as const, createdAt: time, updatedAt: time };
      await tx.entities.insert(Endpoint, row);
      return tx.entities.findOneByOrFail(Endpoint, { id: endpoint.id });
    });
  }

  async find(workspaceId: number, id: Id): Promise<Endpoint | undefined> {
    const found = await this.database.entities.findOneBy(Endpoint, { workspaceId, id, deletedAt: IsNull() });
    return found ?? undefined;
  }

  /** Newest first. */
  list(workspaceId: number): Promise<Endpoint[]> {
    return this.database.entities.find(Endpoint, {
      where: { workspaceId, deletedAt: IsNull() },
      order: { id: 'DESC' },
    });
  }

  /** The endpoints that new notifications of a workspace go to. */
  listEnabled(workspaceId: number, tx: Pick<Transaction, 'query'> = this.database): Promise<Subscription[]> {
    return tx.query<Subscription>(
      `SELECT id, topics FROM endpoint
       WHERE workspace_id = $1 AND state = 'enabled' AND deleted_at IS NULL ORDER BY id`,
      [workspaceId],
    );
  }

  /** Changed by its owner, an endpoint is tried again at once. Undefined if there is none. */
  async update(
    workspaceId: number,
    id: Id,
    changes: EndpointChanges,
    at: number,
  ): Promise<Endpoint | undefined> {
    return this.changeRules(workspaceId, async (tx) => {
      const where = { workspaceId, id, deletedAt: IsNull() };
      const enabled = changes.state === 'enabled' ? { disabledReason: null } : {};
      const row = { ...changes, ...enabled, blockedUntil: null, updatedAt: new Date(at * 1000) };
      await tx.entities.update(Endpoint, where, row);
      return (await tx.entities.findOneBy(Endpoint, where)) ?? undefined;
    });
  }

  /**
   * Takes an endpoint away; what it was still to get is dead. False if there is none. It is taken away first: whoever
   * writes outcomes holds deliveries, and then wants their endpoints.
   */
  async remove(workspaceId: number, id: Id, at: number): Promise<boolean> {
    const removed = await this.changeRules(workspaceId, async (tx) => {
      const where = { workspaceId, id, deletedAt: IsNull() };
      const { affected } = await tx.entities.update(Endpoint, where, { deletedAt: new Date(at * 1000) });
      return affected === 1;
    });
    if (removed) await this.deliveries.buryRemoved(BURIED_AT_ONCE);
    return removed;
  }

  /** Stops sending to an endpoint until its owner enables it. What it was still to get stays. */
  async disable(id: Id, reason: string, tx: Transaction): Promise<void> {
    const [disabled] = await tx.query<{ workspaceId: number }>(
      `UPDATE endpoint SET state = 'disabled', disabled_reason = $2, updated_at = now()
       WHERE id = $1 AND state = 'enabled' AND deleted_at IS NULL RETURNING workspace_id AS "workspaceId"`,
      [bytes(id), reason],
    );
    if (disabled) await this.workspaces.bumpRules(disabled.workspaceId, tx);
  }

  private changeRules<T>(workspaceId: number, change: (tx: Transaction) => Promise<T>): Promise<T> {
    return this.database.transaction(async (tx) => {
      const changed = await change(tx);
      await this.workspaces.bumpRules(workspaceId, tx);
      return changed;
    });
  }
}
