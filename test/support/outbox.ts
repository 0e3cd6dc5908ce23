import { randomBytes } from 'node:crypto';
import {
  type ClaimedDelivery,
  type Database,
  DeliveryRepository,
  EndpointRepository,
  NotificationRepository,
  WorkspaceRepository,
} from '#database';
import { formatSecret, type Id, makeId } from '#domain';
import type { SecretBox } from '#platform';

/** An endpoint under test and the secret its owner was shown. */
export interface TestEndpoint {
  readonly id: Id;
  readonly secret: string;
}

/** A delivery under test and the `webhook-id` it is sent with. */
export interface TestDelivery {
  readonly id: Id;
  readonly notificationId: Id;
}

/** A workspace of its own, with endpoints and what waits to be delivered to them. */
export class Outbox {
  readonly endpoints: EndpointRepository;
  readonly deliveries: DeliveryRepository;
  private readonly notifications: NotificationRepository;

  private constructor(
    private readonly database: Database,
    private readonly secrets: SecretBox,
    readonly workspaceId: number,
  ) {
    this.deliveries = new DeliveryRepository(database);
    this.endpoints = new EndpointRepository(database, new WorkspaceRepository(database), this.deliveries);
    this.notifications = new NotificationRepository(database);
  }

  static async create(database: Database, secrets: SecretBox): Promise<Outbox> {
    const chance = randomBytes(8).toString('hex');
    const workspaceId = await new WorkspaceRepository(database).ensureFirst(chance, chance);
    return new Outbox(database, secrets, workspaceId);
  }

  async endpoint(url: string, topics: string[] = ['*']): Promise<TestEndpoint> {
    const id = testId();
    const key = randomBytes(32);
    const secret = this.secrets.seal(key, id);
    const { workspaceId } = this;
    await this.endpoints.create({ id, workspaceId, url, topics, description: '', secret }, Date.now() / 1000);
    return { id, secret: formatSecret(key) };
  }

  /** One notification for each endpoint, due now. */
  async deliver(...endpoints: readonly Pick<TestEndpoint, 'id'>[]): Promise<TestDelivery[]> {
    const rows = endpoints.map(({ id: endpointId }) => ({
      endpointId,
      id: testId(),
      notificationId: testId(),
    }));
    await this.notifications.insert(
      rows.map(({ notificationId }, i) => ({
        id: notificationId,
        workspaceId: this.workspaceId,
        contactId: null,
        sequence: null,
        topic: 'ping',
        body: JSON.stringify({ type: 'ping', data: { number: i } }),
        createdAt: Date.now() / 1000,
      })),
    );
    await this.deliveries.insert(
      rows.map((row) => ({
        ...row,
        workspaceId: this.workspaceId,
        notificationLane: Number.parseInt(row.notificationId.slice(-2), 16),
        topic: 'ping',
      })),
    );
    return rows;
  }

  /** What a dispatcher claims of one endpoint. */
  async claim(endpoint: Pick<TestEndpoint, 'id'>, limit = 10, leaseSeconds = 20): Promise<ClaimedDelivery[]> {
    const [claim] = await this.deliveries.claim([{ endpointId: endpoint.id, limit }], leaseSeconds);
    return [...(claim?.deliveries ?? [])];
  }

  /** Makes everything that waits, for a retry or under a lease, due now. */
  async passTime(): Promise<void> {
    await this.database.query(`UPDATE endpoint SET blocked_until = NULL WHERE workspace_id = $1`, [
      this.workspaceId,
    ]);
    await this.database.query(
      `UPDATE delivery SET next_at = now() - interval '1 ms', leased_until = now()
       WHERE workspace_id = $1 AND state = 'pending'`,
      [this.workspaceId],
    );
  }
}

export const testId = (): Id => makeId(Date.now() / 1000, randomBytes(6));
