import { randomBytes } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import type { Id, Outcome, Verdict } from '#domain';
import { bytes, Database, type Transaction } from '../database.js';

/** One notification for one endpoint. */
export interface NewDelivery {
  readonly endpointId: Id;
  readonly id: Id;
  readonly workspaceId: number;
  readonly notificationLane: number;
  readonly notificationId: Id;
  readonly topic: string;
}

/** An endpoint with deliveries that are due; the first of them has been for `waited` seconds. */
export interface DueEndpoint {
  readonly endpointId: Id;
  readonly waited: number;
}

/** A delivery under lease: who holds `leaseId` alone may say that the attempt failed. */
export interface ClaimedDelivery {
  readonly endpointId: Id;
  readonly id: Id;
  readonly leaseId: string;
  /** Which attempt this is, from 1. Manual retries count. */
  readonly attempt: number;
  /** The same without the manual retries: what the retry schedule goes by. */
  readonly automaticAttempt: number;
  readonly notificationId: Id;
  readonly body: string;
}

/** Deliveries claimed together, and what is needed to send them. `secret` is sealed. */
export interface Claim {
  readonly url: string;
  readonly secret: string;
  readonly deliveries: readonly ClaimedDelivery[];
}

/** Up to `limit` deliveries of an endpoint. */
export interface WantedClaim {
  readonly endpointId: Id;
  readonly limit: number;
}

type ClaimRow = Omit<ClaimedDelivery, 'leaseId'> & Pick<Claim, 'url' | 'secret'>;

/** An attempt that has come to an end. `startedAt` in unix seconds. */
export interface FinishedAttempt {
  readonly delivery: ClaimedDelivery;
  readonly startedAt: number;
  readonly outcome: Outcome;
  readonly verdict: Verdict;
}

/**
 * Deliveries on their way. All times are the database's: the clocks of the processes need not agree. `next_at` is
 * when a delivery is due, `leased_until` when the lease of its attempt in flight ends.
 */
@Injectable()
export class DeliveryRepository {
  constructor(private readonly database: Database) {}

  /** Due at once. */
  async insert(rows: readonly NewDelivery[], tx: Pick<Transaction, 'query'> = this.database): Promise<void> {
    if (rows.length === 0) return;
    await tx.query(
      `INSERT INTO delivery (endpoint_id, id, workspace_id, notification_lane, notification_id, topic, next_at)
       SELECT d.*, now() FROM unnest($1::bytea[], $2::bytea[], $3::int[], $4::smallint[], $5::bytea[], $6::text[]) AS d`,
      [
        rows.map((row) => bytes(row.endpointId)),
        rows.map((row) => bytes(row.id)),
        rows.map((row) => row.workspaceId),
        rows.map((row) => row.notificationLane),
        rows.map((row) => bytes(row.notificationId)),
        rows.map((row) => row.topic),
      ],
    );
  }

  /**
   * Endpoints that can be sent to and have something due, the longest waiting first. Jumps through the index from one
   * endpoint to the next, so that it costs as many steps as endpoints have pending deliveries, however many those are.
   */
  dueEndpoints(limit: number): Promise<DueEndpoint[]> {
    return this.database.query<DueEndpoint>(
      `WITH RECURSIVE earliest AS (
         (SELECT endpoint_id, next_at FROM delivery WHERE ${FREE} ORDER BY endpoint_id, next_at LIMIT 1)
         UNION ALL
         SELECT following.* FROM earliest CROSS JOIN LATERAL (
           SELECT endpoint_id, next_at FROM delivery
           WHERE ${FREE} AND endpoint_id > earliest.endpoint_id
           ORDER BY endpoint_id, next_at LIMIT 1) AS following
       )
       SELECT endpoint.id AS "endpointId",
              extract(epoch FROM now() - greatest(earliest.next_at, endpoint.blocked_until))::float8 AS waited
       FROM earliest JOIN endpoint ON endpoint.id = earliest.endpoint_id
       WHERE earliest.next_at <= now() AND ${SENDABLE}
       ORDER BY waited DESC LIMIT $1`,
      [limit],
    );
  }

  /**
   * Takes due deliveries of endpoints, up to so many of each, under a new lease of so many seconds, and counts their
   * attempts. Answers in the order of what is wanted; undefined where nothing is due, or the endpoint cannot be sent
   * to now. No endpoint may be named twice.
   */
  async claim(wanted: readonly WantedClaim[], leaseSeconds: number): Promise<(Claim | undefined)[]> {
    const leaseId = randomBytes(12).toString('hex');
    const rows = await this.database.query<ClaimRow>(CLAIM, [
      wanted.map(({ endpointId }) => bytes(endpointId)),
      wanted.map(({ limit }) => limit),
      leaseSeconds,
      bytes(leaseId),
    ]);
    const claims = new Map<Id, Claim & { deliveries: ClaimedDelivery[] }>();
    for (const { url, secret, ...row } of rows) {
      const claim = claims.get(row.endpointId) ?? { url, secret, deliveries: [] };
      claim.deliveries.push({ ...row, leaseId });
      claims.set(row.endpointId, claim);
    }
    return wanted.map(({ endpointId }) => claims.get(endpointId));
  }

  /**
   * Writes what came of attempts, of any endpoints. A delivery that arrived is delivered, whoever says so and however
   * late; that an attempt failed counts only from the holder of the lease.
   */
  async finish(
    attempts: readonly FinishedAttempt[],
    tx: Pick<Transaction, 'query'> = this.database,
  ): Promise<void> {
    if (attempts.length > 0) await tx.query(FINISH, [JSON.stringify(attempts.map(finishedRow))]);
  }

  /**
   * What endpoints were still to get that are removed is dead, up to so many deliveries, save those that somebody is
   * writing to. One may be written, too, by a batch that began before the removal: so this is to be called again and
   * again, at the cost of a look into an index for each removed endpoint.
   */
  async buryRemoved(limit: number): Promise<void> {
    await this.database.query(
      `WITH gone AS (
         SELECT delivery.endpoint_id, delivery.id FROM endpoint CROSS JOIN LATERAL (
           SELECT endpoint_id, id FROM delivery WHERE endpoint_id = endpoint.id AND state = 'pending'
           LIMIT $1 FOR UPDATE SKIP LOCKED) AS delivery
         WHERE endpoint.deleted_at IS NOT NULL LIMIT $1
       )
       UPDATE delivery SET state = 'dead', next_at = NULL, lease_id = NULL, leased_until = NULL, finished_at = now()
       FROM gone WHERE delivery.endpoint_id = gone.endpoint_id AND delivery.id = gone.id`,
      [limit],
    );
  }

  /** Gives leases back, as if their attempts had not been begun. */
  async release(deliveries: readonly ClaimedDelivery[]): Promise<void> {
    await this.database.query(
      `UPDATE delivery SET lease_id = NULL, leased_until = NULL, attempts = attempts - 1
       FROM unnest($1::bytea[], $2::bytea[], $3::bytea[]) AS held (endpoint_id, id, lease_id)
       WHERE delivery.endpoint_id = held.endpoint_id AND delivery.id = held.id
         AND delivery.state = 'pending' AND delivery.lease_id = held.lease_id`,
      leasesOf(deliveries),
    );
  }
}

/** A delivery that nobody is attempting. */
const FREE = `state = 'pending' AND (leased_until IS NULL OR leased_until <= now())`;

/** What must hold for an endpoint to be sent to now. */
const SENDABLE = `endpoint.state = 'enabled' AND endpoint.deleted_at IS NULL
  AND (endpoint.blocked_until IS NULL OR endpoint.blocked_until <= now())`;

/** One statement for many endpoints: with a single delivery for each of thousands, planning it would cost the most. */
const CLAIM = `
  WITH wanted AS (
    SELECT * FROM unnest($1::bytea[], $2::int[]) AS w (endpoint_id, places)
  ), due AS (
    SELECT earliest.* FROM wanted JOIN endpoint ON endpoint.id = wanted.endpoint_id AND ${SENDABLE}
    CROSS JOIN LATERAL (
      SELECT endpoint_id, id FROM delivery
      WHERE delivery.endpoint_id = wanted.endpoint_id AND ${FREE} AND next_at <= now()
      ORDER BY next_at LIMIT wanted.places FOR UPDATE SKIP LOCKED) AS earliest
  ), claimed AS (
    UPDATE delivery SET attempts = attempts + 1, lease_id = $4, leased_until = now() + make_interval(secs => $3)
    FROM due WHERE delivery.endpoint_id = due.endpoint_id AND delivery.id = due.id
    RETURNING delivery.endpoint_id, delivery.id, attempts, manual_attempts, notification_lane, notification_id
  )
  SELECT claimed.endpoint_id AS "endpointId", claimed.id, claimed.attempts AS attempt,
         claimed.attempts - claimed.manual_attempts AS "automaticAttempt",
         claimed.notification_id AS "notificationId", notification.body, endpoint.url, endpoint.secret
  FROM claimed
  JOIN notification ON notification.lane = claimed.notification_lane AND notification.id = claimed.notification_id
  JOIN endpoint ON endpoint.id = claimed.endpoint_id
  ORDER BY claimed.id`;

/**
 * If two holders of one delivery are in the group, the one that delivered it wins. A delivery that was erased meanwhile
 * leaves no attempt, and what comes after its end no answer: both could hold what the erased contact's body said. The
 * update reads `held` to its end before it begins, for a row that it has changed could not be held any more.
 */
const FINISH = `
  WITH finished AS MATERIALIZED (
    SELECT * FROM json_to_recordset($1) AS f (
      endpoint_id bytea, delivery_id bytea, lease_id bytea, number int, started_at float8, duration_ms int,
      status_code int, error text, response text, state text, delay float8, rest_for float8)
  ), held AS MATERIALIZED (
    SELECT endpoint_id, id AS delivery_id, state AS was FROM delivery
    WHERE (endpoint_id, id) IN (SELECT endpoint_id, delivery_id FROM finished)
    ORDER BY endpoint_id, id FOR NO KEY UPDATE
  ), attempt AS (
    INSERT INTO delivery_attempt (endpoint_id, delivery_id, number, started_at, duration_ms, status_code, error, response)
    SELECT endpoint_id, delivery_id, number, to_timestamp(started_at), duration_ms, status_code, error,
           CASE WHEN was = 'pending' THEN response END
    FROM finished JOIN held USING (endpoint_id, delivery_id) ON CONFLICT DO NOTHING
  ), rest AS (
    UPDATE endpoint SET blocked_until = greatest(blocked_until, now() + make_interval(secs => tired.rest_for))
    FROM (SELECT finished.endpoint_id, max(rest_for) AS rest_for
          FROM finished JOIN delivery ON delivery.endpoint_id = finished.endpoint_id
            AND delivery.id = finished.delivery_id AND delivery.lease_id = finished.lease_id
          WHERE rest_for IS NOT NULL GROUP BY finished.endpoint_id) AS tired
    WHERE endpoint.id = tired.endpoint_id
  )
  UPDATE delivery
  SET state = last.state, lease_id = NULL, leased_until = NULL, next_at = now() + make_interval(secs => last.delay),
      finished_at = CASE WHEN last.state = 'pending' THEN NULL ELSE now() END
  FROM (SELECT DISTINCT ON (endpoint_id, delivery_id) finished.* FROM finished JOIN held USING (endpoint_id, delivery_id)
        ORDER BY endpoint_id, delivery_id, state = 'delivered' DESC) AS last
  WHERE delivery.endpoint_id = last.endpoint_id AND delivery.id = last.delivery_id
    AND (last.state = 'delivered' OR (delivery.state = 'pending' AND delivery.lease_id = last.lease_id))`;

/** A row of `finished`: what is left out is null. */
function finishedRow({ delivery, startedAt, outcome, verdict }: FinishedAttempt) {
  const answer = 'status' in outcome ? outcome : undefined;
  const retry = verdict.kind === 'retry' ? verdict : undefined;
  return {
    endpoint_id: bytes(delivery.endpointId),
    delivery_id: bytes(delivery.id),
    lease_id: bytes(delivery.leaseId),
    number: delivery.attempt,
    started_at: startedAt,
    duration_ms: outcome.durationMs,
    status_code: answer?.status,
    error: 'error' in outcome ? `${outcome.error}: ${outcome.message}` : undefined,
    response: answer?.response,
    state: retry ? 'pending' : verdict.kind,
    delay: retry?.delay,
    rest_for: retry?.restFor,
  };
}

const leasesOf = (deliveries: readonly ClaimedDelivery[]): [string[], string[], string[]] => [
  deliveries.map((delivery) => bytes(delivery.endpointId)),
  deliveries.map((delivery) => bytes(delivery.id)),
  deliveries.map((delivery) => bytes(delivery.leaseId)),
];
