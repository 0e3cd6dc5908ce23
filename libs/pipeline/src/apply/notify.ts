import { Injectable } from '@nestjs/common';
import {
  DeliveryRepository,
  type NewNotification,
  notificationLane,
  NotificationRepository,
  type Transaction,
} from '#database';
import type { Id } from '#domain';
import { Ids } from '#platform';
import type { Batch, Transition } from './batch.js';
import { happenings } from './happenings.js';

type Addressed = NewNotification & { readonly endpointIds: readonly Id[] };

/** Fourth step: what happened becomes notifications, numbered by contact, and a delivery for each endpoint that listens. */
@Injectable()
export class Notifier {
  constructor(
    private readonly notifications: NotificationRepository,
    private readonly deliveries: DeliveryRepository,
    private readonly ids: Ids,
  ) {}

  /** Answers with the endpoints that have something to deliver now. */
  async run(
    batch: Batch,
    transitions: ReadonlyMap<Id, readonly Transition[]>,
    tx: Transaction,
  ): Promise<Set<Id>> {
    const addressed = [...batch.contacts.values()].flatMap((touched) => {
      const workspace = batch.workspaces.get(touched.contact.workspaceId);
      const moves = transitions.get(touched.contact.id) ?? [];
      return workspace ? this.number({ touched, workspace, transitions: moves, now: batch.now }) : [];
    });
    await this.notifications.insert(addressed, tx);
    await this.deliveries.insert(
      addressed.flatMap(({ endpointIds, ...notification }) =>
        endpointIds.map((endpointId) => ({
          endpointId,
          id: this.ids.next(),
          workspaceId: notification.workspaceId,
          notificationLane: notificationLane(notification),
          notificationId: notification.id,
          topic: notification.topic,
        })),
      ),
      tx,
    );
    return new Set(addressed.flatMap(({ endpointIds }) => endpointIds));
  }

  /** What nobody listens to is not numbered: whoever listens to everything sees every number. */
  private number(what: Parameters<typeof happenings>[0]): Addressed[] {
    const { touched, workspace, now } = what;
    const { contact } = touched;
    return happenings(what).flatMap(({ topic, data }) => {
      const endpointIds = workspace.endpointsFor(topic);
      if (endpointIds.length === 0) return [];
      contact.sequence++;
      touched.marksChanged = true;
      const body = JSON.stringify({
        type: topic,
        timestamp: new Date(now * 1000).toISOString(),
        data: { ...data(), sequence: contact.sequence },
      });
      return [
        {
          id: this.ids.next(),
          workspaceId: contact.workspaceId,
          contactId: contact.id,
          sequence: contact.sequence,
          topic,
          body,
          createdAt: now,
          endpointIds,
        },
      ];
    });
  }
}
