import { isDeepStrictEqual } from 'node:util';
import { Injectable } from '@nestjs/common';
import { In, IsNull } from 'typeorm';
import { type Contact, type Id, laneOf } from '#domain';
import { bytes, Database, type Transaction } from '../database.js';
import { type PersonType, Segment } from '../entities/segment.entity.js';
import { CONTACT_COLUMNS, type ContactRow, toContact } from './contact-row.js';
import { WorkspaceRepository } from './workspace.repository.js';

/** What a client says of a segment. */
export interface SegmentDefinition {
  readonly name: string;
  readonly personType: PersonType;
  readonly filter: object;
}

/** Names one segment of one workspace. */
export interface SegmentKey {
  readonly workspaceId: number;
  readonly id: Id;
}

const UNFILLED = {
  backfillState: 'pending',
  backfillDone: 0,
  backfillTotal: 0,
  backfillAfter: null,
} as const;

/** Segments and their members. Every change is a change of the workspace's rules. `at` is in unix seconds. */
@Injectable()
export class SegmentRepository {
  constructor(
    private readonly database: Database,
    private readonly workspaces: WorkspaceRepository,
  ) {}

  create(key: SegmentKey, definition: SegmentDefinition, at: number): Promise<Segment> {
    return this.database.transaction(async (tx) => {
      const times = { createdAt: dateOf(at), updatedAt: dateOf(at), deletedAt: null };
      const segment = tx.entities.create(Segment, {
        ...key,
        ...definition,
        ...UNFILLED,
        ...times,
        version: 1,
      });
      await tx.entities.insert(Segment, segment);
      await this.workspaces.bumpRules(key.workspaceId, tx);
      return segment;
    });
  }

  find({ workspaceId, id }: SegmentKey): Promise<Segment | null> {
    return this.database.entities.findOneBy(Segment, { id, workspaceId, deletedAt: IsNull() });
  }

  /** All segments of a workspace, by name. Inside a transaction as it sees them. */
  listLive(workspaceId: number, tx: Pick<Transaction, 'entities'> = this.database): Promise<Segment[]> {
    return tx.entities.find(Segment, {
      where: { workspaceId, deletedAt: IsNull() },
      order: { name: 'ASC', id: 'ASC' },
    });
  }

  /** The segments that a contact is in, by name. */
  async ofContact(workspaceId: number, contactId: Id): Promise<Segment[]> {
    const memberships = await this.database.query<{ id: Id }>(
      `SELECT segment_id AS id FROM segment_membership
       WHERE lane = $1 AND contact_id = $2 AND workspace_id = $3`,
      [laneOf(contactId), bytes(contactId), workspaceId],
    );
    return this.database.entities.find(Segment, {
      where: { workspaceId, id: In(memberships.map(({ id }) => id)), deletedAt: IsNull() },
      order: { name: 'ASC', id: 'ASC' },
    });
  }

  /** A change of whom it means makes it a new version, whose back-fill starts from the first contact. */
  update(key: SegmentKey, change: Partial<SegmentDefinition>, at: number): Promise<Segment | null> {
    return this.change(key, (segment) => {
      const before = { personType: segment.personType, filter: segment.filter };
      Object.assign(segment, change, { updatedAt: dateOf(at) });
      if (isDeepStrictEqual(before, { personType: segment.personType, filter: segment.filter })) return;
      Object.assign(segment, UNFILLED, { version: segment.version + 1 });
    });
  }

  /**
   * Hides the segment at once. Its memberships go later, since their contacts may be locked; its back-fill, which ends
   * here, names no contact any more.
   */
  remove(key: SegmentKey, at: number): Promise<Segment | null> {
    return this.change(key, (segment) => {
      Object.assign(segment, { deletedAt: dateOf(at), version: segment.version + 1, backfillAfter: null });
    });
  }

  /** Keeps the segments of a workspace from being changed until the transaction ends. */
  async lockLive(workspaceId: number, tx: Transaction): Promise<void> {
    await tx.query(
      'SELECT id FROM segment WHERE workspace_id = $1 AND deleted_at IS NULL ORDER BY id FOR NO KEY UPDATE',
      [workspaceId],
    );
  }

  /** Starts the back-fill of every segment of a workspace anew, as a new version, and answers with their ids. */
  async refillLive(workspaceId: number, tx: Transaction): Promise<Id[]> {
    const rows = await tx.query<{ id: Id }>(
      `UPDATE segment SET version = version + 1, backfill_state = 'pending', backfill_done = 0,
         backfill_total = 0, backfill_after = NULL
       WHERE workspace_id = $1 AND deleted_at IS NULL RETURNING id`,
      [workspaceId],
    );
    return rows.map(({ id }) => id);
  }

  /** How many members each of the segments has; those without any are left out. */
  async counts(ids: readonly Id[]): Promise<Map<Id, number>> {
    const rows = await this.database.query<{ id: Id; count: number }>(
      `SELECT segment_id AS id, count(*) AS count FROM segment_membership
       WHERE segment_id = ANY($1) GROUP BY segment_id`,
      [ids.map(bytes)],
    );
    return new Map(rows.map(({ id, count }) => [id, count]));
  }

  /** Up to `limit` members after the contact `after`, in the order of their ids. */
  async members(id: Id, after: Id | undefined, limit: number): Promise<Contact[]> {
    const rows = await this.database.query<ContactRow>(
      `SELECT ${CONTACT_COLUMNS} FROM segment_membership m
       JOIN contact c ON c.lane = m.lane AND c.id = m.contact_id
       WHERE m.segment_id = $1 AND m.contact_id > $2 AND c.archived_at IS NULL ORDER BY m.contact_id LIMIT $3`,
      [bytes(id), bytes(after ?? ''), limit],
    );
    return rows.map(toContact);
  }

  private change(key: SegmentKey, apply: (segment: Segment) => void): Promise<Segment | null> {
    return this.database.transaction(async (tx) => {
      const where = { id: key.id, workspaceId: key.workspaceId, deletedAt: IsNull() };
      const segment = await tx.entities.findOne(Segment, { where, lock: { mode: 'pessimistic_write' } });
      if (!segment) return null;
      apply(segment);
      await tx.entities.update(Segment, { id: key.id }, { ...segment });
      await this.workspaces.bumpRules(key.workspaceId, tx);
      return segment;
    });
  }
}

const dateOf = (at: number): Date => new Date(at * 1000);
