import { Injectable } from '@nestjs/common';
import { type Id, laneOf, makeId } from '#domain';
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

/** A notification about a contact, as it is kept. */
export interface StoredNotification extends NewNotification {
  readonly contactId: Id;
}

/** Notifications about contacts: of when, in unix seconds, both included; those after the id `from`. */
export interface NotificationRange {
  readonly workspaceId: number;
  readonly lane: number;
  readonly after: number;
  readonly before: number;
  readonly from: Id;
}

/** How far the clocks that ids are made by may be from the database's, in seconds. */
const CLOCK_SKEW = 86_400;

const NO_RANDOM = new Uint8Array(6);

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

  /** Those of one lane, in the order of their ids. An id begins with its time: what cannot be of the range is not read. */
  async ofLane(
    { workspaceId, lane, after, before, from }: NotificationRange,
    limit: number,
    tx: Pick<Transaction, 'query'> = this.database,
  ): Promise<StoredNotification[]> {
    const first = makeId(Math.max(after - CLOCK_SKEW, 0), NO_RANDOM);
    const end = makeId(before + 1 + CLOCK_SKEW, NO_RANDOM);
    return tx.query(
      `SELECT id, workspace_id AS "workspaceId", contact_id AS "contactId", sequence, topic, body,
              extract(epoch FROM created_at)::float8 AS "createdAt"
       FROM notification
       WHERE lane = $1 AND id > $2 AND id < $3 AND workspace_id = $4 AND contact_id IS NOT NULL
         AND created_at >= to_timestamp($5) AND created_at < to_timestamp($6)
       ORDER BY id LIMIT $7`,
      [lane, bytes(from > first ? from : first), bytes(end), workspaceId, after, before + 1, limit],
    );
  }
}
