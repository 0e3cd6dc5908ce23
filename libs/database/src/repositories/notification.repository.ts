import { Injectable } from '@nestjs/common';
import { type Id, laneOf } from '#domain';
import { bytes, Database, type Transaction } from '../database.js';

/** A thing that happened, as the bytes to be sent. `createdAt` in unix seconds. */
export interface NewNotification {
  readonly id: Id;
  readonly workspaceId: number;
  readonly contactId: Id | null;
  readonly sequence: number | null;
  readonly topic: string;
  readonly body: string;
  readonly createdAt: number;
}

/** A notification shares the lane of its contact; one that is about none has the lane of its own id. */
export const notificationLane = (notification: Pick<NewNotification, 'id' | 'contactId'>): number =>
  laneOf(notification.contactId ?? notification.id);

/** The outbox: immutable once written. */
@Injectable()
export class NotificationRepository {
  constructor(private readonly database: Database) {}

  async insert(
    notifications: readonly NewNotification[],
    tx: Pick<Transaction, 'query'> = this.database,
  ): Promise<void> {
    if (notifications.length === 0) return;
    await tx.query(
      `INSERT INTO notification (lane, id, workspace_id, contact_id, sequence, topic, body, created_at)
       SELECT lane, id, workspace_id, contact_id, sequence, topic, body, to_timestamp(created_at)
       FROM unnest($1::smallint[], $2::bytea[], $3::int[], $4::bytea[], $5::bigint[], $6::text[], $7::text[],
                   $8::float8[]) AS n (lane, id, workspace_id, contact_id, sequence, topic, body, created_at)`,
      [
        notifications.map(notificationLane),
        notifications.map((notification) => bytes(notification.id)),
        notifications.map((notification) => notification.workspaceId),
        notifications.map(({ contactId }) => (contactId === null ? null : bytes(contactId))),
        notifications.map((notification) => notification.sequence),
        notifications.map((notification) => notification.topic),
        notifications.map((notification) => notification.body),
        notifications.map((notification) => notification.createdAt),
      ],
    );
  }
}
