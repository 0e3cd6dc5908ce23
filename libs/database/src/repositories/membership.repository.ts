import { Injectable } from '@nestjs/common';
import type { Id } from '#domain';
import { bytes, type Transaction } from '../database.js';
import { keysOf } from './contact.repository.js';

/** Whether a contact belongs to a segment; `at` is when it began to, in unix seconds. */
export interface Membership {
  readonly contactId: Id;
  readonly segmentId: Id;
  readonly workspaceId: number;
  readonly at: number;
}

type Changed = Pick<Membership, 'contactId' | 'segmentId'>;

/** Who is in which segment. Both statements answer with what they really changed: those are the transitions. */
@Injectable()
export class MembershipRepository {
  async enter(memberships: readonly Membership[], tx: Transaction): Promise<Changed[]> {
    if (memberships.length === 0) return [];
    return tx.query<Changed>(
      `INSERT INTO segment_membership (lane, contact_id, segment_id, workspace_id, entered_at)
       SELECT lane, contact_id, segment_id, workspace_id, to_timestamp(at)
       FROM unnest($1::smallint[], $2::bytea[], $3::bytea[], $4::int[], $5::float8[])
         AS m (lane, contact_id, segment_id, workspace_id, at)
       ON CONFLICT DO NOTHING RETURNING contact_id AS "contactId", segment_id AS "segmentId"`,
      [
        ...keysOf(memberships.map((membership) => membership.contactId)),
        memberships.map((membership) => bytes(membership.segmentId)),
        memberships.map((membership) => membership.workspaceId),
        memberships.map((membership) => membership.at),
      ],
    );
  }

  async leave(memberships: readonly Changed[], tx: Transaction): Promise<Changed[]> {
    if (memberships.length === 0) return [];
    return tx.query<Changed>(
      `DELETE FROM segment_membership WHERE (lane, contact_id, segment_id) IN (
         SELECT * FROM unnest($1::smallint[], $2::bytea[], $3::bytea[]))
       RETURNING contact_id AS "contactId", segment_id AS "segmentId"`,
      [
        ...keysOf(memberships.map((membership) => membership.contactId)),
        memberships.map((membership) => bytes(membership.segmentId)),
      ],
    );
  }
}
