import { Injectable } from '@nestjs/common';
import type { Id } from '#domain';
import { bytes, type Transaction } from '../database.js';
import { keysOf } from './contact.repository.js';

/** What flipped a rule: something that was written, the passing of time alone, or that the rule is new or changed. */
export type TransitionReason = 'update' | 'clock' | 'rule';

/** That a contact enters or leaves a segment: when it came to, and when that was noticed, in unix seconds. */
export interface Move {
  readonly contactId: Id;
  readonly segmentId: Id;
  readonly workspaceId: number;
  readonly reason: TransitionReason;
  readonly crossedAt: number;
  readonly noticedAt: number;
}

type Moved = Pick<Move, 'contactId' | 'segmentId'>;

const MOVES = `unnest($1::smallint[], $2::bytea[], $3::bytea[], $4::int[], $5::text[], $6::float8[], $7::float8[])
  AS m (lane, contact_id, segment_id, workspace_id, reason, crossed, noticed)`;

/** What a statement really changed is a transition: it goes into the contact's timeline, and is answered. */
const logged = (changed: string, entered: boolean) => `
  WITH changed AS (${changed}), logged AS (
    INSERT INTO segment_transition
      (lane, contact_id, workspace_id, segment_id, entered, reason, crossed_at, noticed_at)
    SELECT lane, contact_id, workspace_id, segment_id, ${entered}, reason, to_timestamp(crossed), to_timestamp(noticed)
    FROM changed JOIN ${MOVES} USING (lane, contact_id, segment_id)
  )
  SELECT contact_id AS "contactId", segment_id AS "segmentId" FROM changed`;

const ENTER = logged(
  `INSERT INTO segment_membership (lane, contact_id, segment_id, workspace_id, entered_at)
   SELECT lane, contact_id, segment_id, workspace_id, to_timestamp(crossed) FROM ${MOVES}
   ON CONFLICT DO NOTHING RETURNING lane, contact_id, segment_id`,
  true,
);

const LEAVE = logged(
  `DELETE FROM segment_membership WHERE (lane, contact_id, segment_id) IN (
     SELECT lane, contact_id, segment_id FROM ${MOVES})
   RETURNING lane, contact_id, segment_id`,
  false,
);

/** Who is in which segment. Both statements answer with what they really changed: those are the transitions. */
@Injectable()
export class MembershipRepository {
  async enter(moves: readonly Move[], tx: Transaction): Promise<Moved[]> {
    return moves.length === 0 ? [] : tx.query<Moved>(ENTER, parametersOf(moves));
  }

  async leave(moves: readonly Move[], tx: Transaction): Promise<Moved[]> {
    return moves.length === 0 ? [] : tx.query<Moved>(LEAVE, parametersOf(moves));
  }
}

const parametersOf = (moves: readonly Move[]) => [
  ...keysOf(moves.map((move) => move.contactId)),
  moves.map((move) => bytes(move.segmentId)),
  moves.map((move) => move.workspaceId),
  moves.map((move) => move.reason),
  moves.map((move) => move.crossedAt),
  moves.map((move) => move.noticedAt),
];
