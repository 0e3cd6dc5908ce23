import { Injectable } from '@nestjs/common';
import { type Contact, type Id, laneOf, type Role } from '#domain';
import { bytes, Database, type Transaction } from '../database.js';
import { CONTACT_COLUMNS, CONTACT_VALUES, type ContactRow, toColumns, toContact } from './contact-row.js';
import type { Identity } from './identity.repository.js';

/** Names one contact of one workspace. */
export interface ContactKey {
  readonly workspaceId: number;
  readonly id: Id;
}

/** The little that tells whether an address has to be written. */
export interface AddressedContact {
  readonly id: Id;
  readonly role: Role;
  readonly email: string | null;
}

/** The lanes and ids of contacts, as a pair of parameters for `unnest($1::smallint[], $2::bytea[])`. */
export const keysOf = (ids: readonly Id[]): [number[], string[]] => [ids.map(laneOf), ids.map(bytes)];

const names = CONTACT_VALUES.map(([column]) => column).join(', ');
const parameters = CONTACT_VALUES.map(([, type], i) => `$${i + 4}::${type}[]`).join(', ');

const INSERT = `
  INSERT INTO contact (lane, id, workspace_id, ${names})
  SELECT v.lane, v.id, v.workspace_id, ${CONTACT_VALUES.map(([, , expression]) => expression).join(', ')}
  FROM unnest($1::smallint[], $2::bytea[], $3::int[], ${parameters}) AS v (lane, id, workspace_id, ${names})`;

const UPDATE = `
  UPDATE contact c SET ${CONTACT_VALUES.map(([column, , expression]) => `${column} = ${expression}`).join(', ')}
  FROM unnest($1::smallint[], $2::bytea[], $3::int[], ${parameters}) AS v (lane, id, workspace_id, ${names})
  WHERE c.lane = v.lane AND c.id = v.id`;

const EXISTING = `
  SELECT ${CONTACT_COLUMNS} FROM contact c
  WHERE (c.lane, c.id) IN (SELECT * FROM unnest($1::smallint[], $2::bytea[])) ORDER BY c.id`;

/** Contacts as they stand. Whoever changes one holds its row's lock; whoever locks several does so in id order. */
@Injectable()
export class ContactRepository {
  constructor(private readonly database: Database) {}

  async find(
    workspaceId: number,
    id: Id,
    tx: Pick<Transaction, 'query'> = this.database,
  ): Promise<Contact | undefined> {
    const [contact] = await this.findMany([{ workspaceId, id }], tx);
    return contact;
  }

  /** The contacts of these keys, in their order: undefined where a workspace has none of that id. */
  async findMany(
    keys: readonly ContactKey[],
    tx: Pick<Transaction, 'query'> = this.database,
  ): Promise<(Contact | undefined)[]> {
    const rows = await tx.query<ContactRow>(
      `SELECT ${CONTACT_COLUMNS} FROM unnest($1::smallint[], $2::bytea[], $3::int[]) AS k (lane, id, workspace_id)
       JOIN contact c ON c.lane = k.lane AND c.id = k.id AND c.workspace_id = k.workspace_id`,
      [...keysOf(keys.map(({ id }) => id)), keys.map(({ workspaceId }) => workspaceId)],
    );
    const found = new Map(rows.map((row) => [`${row.workspace_id} ${row.id}`, row]));
    return keys.map(({ workspaceId, id }) => {
      const row = found.get(`${workspaceId} ${id}`);
      return row && toContact(row);
    });
  }

  /** The addresses of many contacts, in the order of the keys: undefined where a workspace has none of that id. */
  async addresses(keys: readonly ContactKey[]): Promise<(AddressedContact | undefined)[]> {
    const rows = await this.database.query<AddressedContact & { index: number }>(
      `SELECT k.index - 1 AS index, c.id, c.role, c.email
       FROM unnest($1::smallint[], $2::bytea[], $3::int[]) WITH ORDINALITY AS k (lane, id, workspace_id, index)
       JOIN contact c ON c.lane = k.lane AND c.id = k.id AND c.workspace_id = k.workspace_id`,
      [...keysOf(keys.map(({ id }) => id)), keys.map(({ workspaceId }) => workspaceId)],
    );
    const found = new Map(rows.map(({ index, ...contact }) => [index, contact]));
    return keys.map((_, index) => found.get(index));
  }

  findByExternalId(workspaceId: number, externalId: string): Promise<Contact | undefined> {
    return this.findByIdentity({ workspaceId, kind: 'external_id', value: externalId });
  }

  async findByIdentity({ workspaceId, kind, value }: Identity): Promise<Contact | undefined> {
    const [row] = await this.database.query<ContactRow>(
      `SELECT ${CONTACT_COLUMNS} FROM contact_identity i
       JOIN contact c ON c.lane = get_byte(i.contact_id, 11) AND c.id = i.contact_id
       WHERE i.value = $1 AND i.kind = $2 AND i.workspace_id = $3`,
      [value, kind, workspaceId],
    );
    return row && toContact(row);
  }

  /** Users and leads who have this address and are not archived, the oldest first, `limit` at most. */
  async findByEmail(workspaceId: number, email: string, limit: number): Promise<Contact[]> {
    const rows = await this.database.query<ContactRow>(
      `SELECT ${CONTACT_COLUMNS} FROM contact c
       WHERE c.workspace_id = $1 AND c.email = $2 AND c.role <> 'visitor' AND c.archived_at IS NULL
       ORDER BY c.id LIMIT $3`,
      [workspaceId, email, limit],
    );
    return rows.map(toContact);
  }

  /** Those of this role who have the address, in id order. */
  async listByEmail(workspaceId: number, email: string, role: Role): Promise<Contact[]> {
    const rows = await this.database.query<ContactRow>(
      `SELECT ${CONTACT_COLUMNS} FROM contact c
       WHERE c.workspace_id = $1 AND c.email = $2 AND c.role = $3 ORDER BY c.id`,
      [workspaceId, email, role],
    );
    return rows.map(toContact);
  }

  /** The contact, locked until the transaction ends. */
  async lockOne(workspaceId: number, id: Id, tx: Transaction): Promise<Contact | undefined> {
    const [contact] = await this.lock([id], tx);
    return contact?.workspaceId === workspaceId ? contact : undefined;
  }

  /** The contacts that exist, in id order, each locked until the transaction ends. */
  async lock(ids: readonly Id[], tx: Transaction): Promise<Contact[]> {
    const rows = await tx.query<ContactRow>(`${EXISTING} FOR NO KEY UPDATE`, keysOf(ids));
    return rows.map(toContact);
  }

  /** The same for contacts that will be gone: waits, too, for whoever is hanging something on them. */
  async lockForRemoval(ids: readonly Id[], tx: Transaction): Promise<Contact[]> {
    const rows = await tx.query<ContactRow>(`${EXISTING} FOR UPDATE`, keysOf(ids));
    return rows.map(toContact);
  }

  async insert(contacts: readonly Contact[], tx: Transaction): Promise<void> {
    await tx.query(INSERT, rowsOf(contacts));
  }

  async update(contacts: readonly Contact[], tx: Transaction): Promise<void> {
    if (contacts.length > 0) await tx.query(UPDATE, rowsOf(contacts));
  }

  /** Writes only the sequence and the next due time: what most updates change, and what no index need hear of. */
  async updateMarks(contacts: readonly Contact[], tx: Transaction): Promise<void> {
    if (contacts.length === 0) return;
    await tx.query(
      `UPDATE contact c SET sequence = v.sequence, next_due_at = to_timestamp(v.next_due_at)
       FROM unnest($1::smallint[], $2::bytea[], $3::bigint[], $4::float8[]) AS v (lane, id, sequence, next_due_at)
       WHERE c.lane = v.lane AND c.id = v.id`,
      [
        ...keysOf(contacts.map((contact) => contact.id)),
        contacts.map((contact) => contact.sequence),
        contacts.map((contact) => contact.nextDueAt),
      ],
    );
  }

  /**
   * Moves up to `limit` contacts whose time has come into the inbox as ticks. Their due time is cleared by the same
   * statement: applying the tick finds the next one. Answers with their lanes.
   */
  async takeDue(limit: number): Promise<number[]> {
    const rows = await this.database.query<{ lane: number }>(
      `WITH due AS (
         SELECT lane, id, workspace_id, extract(epoch FROM next_due_at)::float8 AS at FROM contact
         WHERE next_due_at <= clock_timestamp() ORDER BY next_due_at LIMIT $1 FOR NO KEY UPDATE SKIP LOCKED
       ), cleared AS (
         UPDATE contact c SET next_due_at = NULL FROM due WHERE c.lane = due.lane AND c.id = due.id
       )
       INSERT INTO inbox (lane, workspace_id, contact_id, kind, payload)
       SELECT lane, workspace_id, id, 'tick', jsonb_build_object('kind', 'tick', 'due', at) FROM due
       RETURNING lane`,
      [limit],
    );
    return rows.map((row) => row.lane);
  }

  /** How long until the next contact is due, in seconds; null if none ever will be. */
  async untilDue(): Promise<number | null> {
    const [row] = await this.database.query<{ seconds: number | null }>(
      `SELECT extract(epoch FROM min(next_due_at) - clock_timestamp())::float8 AS seconds
       FROM contact WHERE next_due_at IS NOT NULL`,
    );
    return row?.seconds ?? null;
  }

  /** The ids of the next contacts of a workspace after `after`, in storage order. */
  async idsAfter(
    { workspaceId, after, limit }: { workspaceId: number; after: Id | null; limit: number },
    tx: Transaction,
  ): Promise<Id[]> {
    const rows = await tx.query<{ id: Id }>(
      `SELECT c.id FROM contact c WHERE c.workspace_id = $1 AND (c.lane, c.id) > ($2::smallint, $3::bytea)
       ORDER BY c.lane, c.id LIMIT $4`,
      [workspaceId, after ? laneOf(after) : -1, bytes(after ?? ''), limit],
    );
    return rows.map(({ id }) => id);
  }

  async count(workspaceId: number): Promise<number> {
    const [row] = await this.database.query<{ count: number }>(
      'SELECT count(*) AS count FROM contact WHERE workspace_id = $1',
      [workspaceId],
    );
    return row?.count ?? 0;
  }
}

function rowsOf(contacts: readonly Contact[]): unknown[] {
  return [
    ...keysOf(contacts.map((contact) => contact.id)),
    contacts.map((contact) => contact.workspaceId),
    ...toColumns(contacts),
  ];
}
