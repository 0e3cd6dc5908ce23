import { Injectable } from '@nestjs/common';
import {
  type Endpoint,
  type NewDelivery,
  type NewNotification,
  notificationLane,
  OutboxRepository,
} from '#database';
import type { Id } from '#domain';
import { Ids } from '#platform';
import { JobProducer } from '#queue';

/** Sends an endpoint a notification about nothing, so that its owner sees that it works. */
@Injectable()
export class EndpointPing {
  constructor(
    private readonly outbox: OutboxRepository,
    private readonly jobs: JobProducer,
    private readonly ids: Ids,
  ) {}

  /** Resolves when the delivery is committed. */
  async send(endpoint: Endpoint, at: number): Promise<void> {
    const notification = this.notificationFor(endpoint, at);
    await this.outbox.add(notification, this.deliveryOf(notification, endpoint.id));
    this.jobs.hint('deliver.endpoint', { endpointId: endpoint.id });
  }

  private notificationFor({ id, workspaceId }: Endpoint, createdAt: number): NewNotification {
    const timestamp = new Date(createdAt * 1000).toISOString();
    const body = JSON.stringify({ type: 'ping', timestamp, data: { endpoint_id: id } });
    return {
      id: this.ids.next(),
      workspaceId,
      contactId: null,
      sequence: null,
      topic: 'ping',
      body,
      createdAt,
    };
  }

  private deliveryOf(notification: NewNotification, endpointId: Id): NewDelivery {
    return {
      endpointId,
      id: this.ids.next(),
      workspaceId: notification.workspaceId,
      notificationLane: notificationLane(notification),
      notificationId: notification.id,
      topic: notification.topic,
    };
  }
}
