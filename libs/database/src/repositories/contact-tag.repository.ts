import { Injectable } from '@nestjs/common';
import { type Id, laneOf } from '#domain';
import { bytes, Database, type Transaction } from '../database.js';
import { keysOf } from './contact.repository.js';

/** A tag to be put on something. `at` is in unix seconds, `by` an admin. */
export interface Tagging {
  readonly workspaceId: number;
  readonly tagId: number;
  readonly by: number;
  readonly at: number;
}

/** A tag on a contact or company. Times are unix seconds. */
export interface AppliedTag {
  readonly id: number;
  readonly name: string;
  readonly appliedAt: number;
  readonly appliedBy: number | null;
}

type Reader = Pick<Transaction, 'query'>;

const APPLIED = `extract(epoch FROM t.applied_at)::float8 AS "appliedAt", t.applied_by AS "appliedBy"`;

/** Tags on contacts. The contact's and the tag's keys are held while one is put on the other: neither goes meanwhile. */
@Injectable()
export class ContactTagRepository {
  constructor(private readonly database: Database) {}

  /** In the order in which they were applied. */
  list(workspaceId: number, contactId: Id): Promise<AppliedTag[]> {
    return this.database.query<AppliedTag>(
      `SELECT tag.id, tag.name, ${APPLIED} FROM contact_tag t JOIN tag ON tag.id = t.tag_id
       WHERE t.lane = $1 AND t.contact_id = $2 AND t.workspace_id = $3 ORDER BY t.applied_at, tag.id`,
      [laneOf(contactId), bytes(contactId), workspaceId],
    );
  }

  /** One for each of the contacts that exist, none without the tag; who has it already keeps it as it was applied. */
  apply(tagging: Tagging, contactIds: readonly Id[], tx: Reader = this.database): Promise<AppliedTag[]> {
    const { workspaceId, tagId, by, at } = tagging;
    return tx.query<AppliedTag>(
      `WITH person AS (
         SELECT c.lane, c.id FROM contact c
         WHERE (c.lane, c.id) IN (SELECT * FROM unnest($1::smallint[], $2::bytea[])) AND c.workspace_id = $3
           AND c.role <> 'visitor'
         ORDER BY c.id FOR KEY SHARE
       ), label AS (
         SELECT id, name FROM tag WHERE workspace_id = $3 AND id = $4 FOR KEY SHARE
       ), t AS (
         INSERT INTO contact_tag (lane, contact_id, tag_id, workspace_id, applied_at, applied_by)
         SELECT person.lane, person.id, label.id, $3, to_timestamp($5), $6 FROM person CROSS JOIN label
         ON CONFLICT (lane, contact_id, tag_id) DO UPDATE SET applied_at = contact_tag.applied_at
         RETURNING applied_at, applied_by
       )
       SELECT label.id, label.name, ${APPLIED} FROM t CROSS JOIN label`,
      [...keysOf(contactIds), workspaceId, tagId, at, by],
    );
  }

  /** Takes a tag off contacts. Answers with how many of the contacts exist, whether they had it or not. */
  async remove(
    { workspaceId, tagId }: Pick<Tagging, 'workspaceId' | 'tagId'>,
    contactIds: readonly Id[],
    tx: Reader = this.database,
  ): Promise<number> {
    const [row] = await tx.query<{ count: number }>(
      `WITH person AS (
         SELECT c.lane, c.id FROM contact c
         WHERE (c.lane, c.id) IN (SELECT * FROM unnest($1::smallint[], $2::bytea[])) AND c.workspace_id = $3
       ), untagged AS (
         DELETE FROM contact_tag t USING person
         WHERE t.lane = person.lane AND t.contact_id = person.id AND t.tag_id = $4
       )
       SELECT count(*) FROM person`,
      [...keysOf(contactIds), workspaceId, tagId],
    );
    return row?.count ?? 0;
  }
}
