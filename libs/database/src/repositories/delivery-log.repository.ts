import { Injectable } from '@nestjs/common';
import { DomainError, type Id } from '#domain';
import { bytes, Database } from '../database.js';

export type DeliveryState = 'pending' | 'delivered' | 'dead';

/** A delivery as its owner sees it. Times in unix seconds; `inFlight` while an attempt is being made. */
export interface Delivery {
  readonly id: Id;
  readonly endpointId: Id;
  readonly notificationId: Id;
  readonly topic: string;
  readonly state: DeliveryState;
  readonly inFlight: boolean;
  readonly attempts: number;
  readonly nextAt: number | null;
  readonly createdAt: number;
  readonly finishedAt: number | null;
}

/** One try of a delivery: it has a status code if it was answered, otherwise an error. `startedAt` in unix seconds. */
export interface DeliveryAttempt {
  readonly number: number;
  readonly startedAt: number;
  readonly durationMs: number;
  readonly statusCode: number | null;
  readonly error: string | null;
  readonly response: string | null;
}

/** Which deliveries; those older than `before`, the last one of the page before. */
export interface DeliveryFilter {
  readonly workspaceId: number;
  readonly endpointId?: Id | undefined;
  readonly state?: DeliveryState | undefined;
  readonly topic?: string | undefined;
  readonly before?: Id | undefined;
}

/** Deliveries are kept by endpoint: a workspace's are those of its endpoints, removed ones among them. */
const OWN = 'endpoint_id IN (SELECT id FROM endpoint WHERE workspace_id = $1)';

const COLUMNS = `delivery.id, endpoint_id AS "endpointId", notification_id AS "notificationId", topic,
  delivery.state, attempts,
  (leased_until IS NOT NULL AND leased_until > now()) AS "inFlight",
  extract(epoch FROM next_at)::float8 AS "nextAt", extract(epoch FROM delivery.created_at)::float8 AS "createdAt",
  extract(epoch FROM finished_at)::float8 AS "finishedAt"`;

/** What was sent, when, and what came of it. */
@Injectable()
export class DeliveryLogRepository {
  constructor(private readonly database: Database) {}

  /** Newest first. */
  list(
    { workspaceId, endpointId, state, topic, before }: DeliveryFilter,
    limit: number,
  ): Promise<Delivery[]> {
    return this.database.query<Delivery>(
      `SELECT found.* FROM endpoint CROSS JOIN LATERAL (
         SELECT ${COLUMNS} FROM delivery
         WHERE delivery.endpoint_id = endpoint.id AND ($3::text IS NULL OR delivery.state = $3)
           AND ($4::text IS NULL OR topic = $4) AND ($5::bytea IS NULL OR delivery.id < $5)
         ORDER BY delivery.id DESC LIMIT $6) AS found
       WHERE endpoint.workspace_id = $1 AND ($2::bytea IS NULL OR endpoint.id = $2)
       ORDER BY found.id DESC LIMIT $6`,
      [workspaceId, endpointId && bytes(endpointId), state, topic, before && bytes(before), limit],
    );
  }

  async find(workspaceId: number, id: Id): Promise<Delivery | undefined> {
    const rows = await this.database.query<Delivery>(
      `SELECT ${COLUMNS} FROM delivery WHERE ${OWN} AND id = $2`,
      [workspaceId, bytes(id)],
    );
    return rows[0];
  }

  /** The attempts of a delivery, the first one first. */
  attempts({ endpointId, id }: Pick<Delivery, 'endpointId' | 'id'>): Promise<DeliveryAttempt[]> {
    return this.database.query<DeliveryAttempt>(
      `SELECT number, extract(epoch FROM started_at)::float8 AS "startedAt", duration_ms AS "durationMs",
              status_code AS "statusCode", error, response
       FROM delivery_attempt WHERE endpoint_id = $1 AND delivery_id = $2 ORDER BY number`,
      [bytes(endpointId), bytes(id)],
    );
  }

  /**
   * Makes a delivery due now, whatever became of it, with the automatic attempts it had left. Answers with it, so that
   * its endpoint can be hinted.
   * @throws DomainError `not_found`; `conflict` while an attempt is in flight, or when its endpoint is disabled or gone
   */
  async retry(workspaceId: number, id: Id): Promise<Delivery> {
    const [retried] = await this.database.query<Delivery>(
      `UPDATE delivery SET state = 'pending', next_at = now(), lease_id = NULL, leased_until = NULL,
                           finished_at = NULL, manual_attempts = manual_attempts + 1
       WHERE ${OWN} AND id = $2 AND (leased_until IS NULL OR leased_until <= now())
         AND EXISTS (SELECT FROM endpoint WHERE endpoint.id = delivery.endpoint_id AND endpoint.state = 'enabled'
                       AND endpoint.deleted_at IS NULL)
       RETURNING ${COLUMNS}`,
      [workspaceId, bytes(id)],
    );
    return retried ?? this.refuseRetry(workspaceId, id);
  }

  private async refuseRetry(workspaceId: number, id: Id): Promise<never> {
    const delivery = await this.find(workspaceId, id);
    if (!delivery) throw new DomainError('not_found', 'Delivery not found');
    const reason = delivery.inFlight ? 'an attempt is in flight' : 'its endpoint is disabled or gone';
    throw new DomainError('conflict', `The delivery cannot be retried: ${reason}`);
  }
}
