import { Injectable } from '@nestjs/common';
import type { Id, Role } from '#domain';
import { bytes, Database, type Transaction } from '../database.js';

/** A name under which a client may look for a contact. */
export interface Name {
  readonly workspaceId: number;
  readonly kind: 'id' | 'external_id' | 'anonymous_id' | 'email';
  readonly value: string;
}

/** A name that only one contact of a workspace has. */
export interface Identity extends Name {
  readonly kind: 'external_id' | 'anonymous_id';
}

/** An address that somebody is about to write; users with an external id may be left out of account. */
export interface ClaimedEmail {
  readonly workspaceId: number;
  readonly value: string;
  readonly unnamedOnly: boolean;
}

/** A contact that bears a {@link Name}; `index` says which of the names asked for. */
export interface NamedContact {
  readonly index: number;
  readonly contact_id: Id;
  readonly role: Role;
  readonly archived: boolean;
}

/** Who is who: the unique names of contacts, and their e-mail addresses, which several may share. */
@Injectable()
export class IdentityRepository {
  constructor(private readonly database: Database) {}

  /**
   * All contacts that bear the names, in one statement. An address may belong to several; the id of a merged contact
   * is a name of the contact that took it in.
   */
  resolve(names: readonly Name[], tx: Pick<Transaction, 'query'> = this.database): Promise<NamedContact[]> {
    return tx.query<NamedContact>(
      `WITH name AS (
         SELECT workspace_id, kind, value, index - 1 AS index
         FROM unnest($1::int[], $2::text[], $3::text[]) WITH ORDINALITY AS n (workspace_id, kind, value, index)
       ), found AS (
         SELECT n.index, n.workspace_id, coalesce(r.into_id, n.id) AS contact_id
         FROM (SELECT index, workspace_id, decode(value, 'hex') AS id FROM name WHERE kind = 'id') AS n
         LEFT JOIN contact_redirect r ON r.lane = get_byte(n.id, 11) AND r.id = n.id
         UNION ALL
         SELECT n.index, n.workspace_id, i.contact_id FROM name n
         JOIN contact_identity i ON i.value = n.value AND i.kind = n.kind AND i.workspace_id = n.workspace_id
         WHERE n.kind IN ('external_id', 'anonymous_id')
         UNION ALL
         SELECT n.index, n.workspace_id, c.id FROM name n
         JOIN contact c ON c.workspace_id = n.workspace_id AND c.email = n.value WHERE n.kind = 'email'
       )
       SELECT f.index, f.contact_id, c.role, c.archived_at IS NOT NULL AS archived FROM found f
       JOIN contact c ON c.lane = get_byte(f.contact_id, 11) AND c.id = f.contact_id
         AND c.workspace_id = f.workspace_id`,
      [
        names.map((name) => name.workspaceId),
        names.map((name) => name.kind),
        names.map((name) => name.value),
      ],
    );
  }

  /**
   * Gives a name to a contact. Answers with the contact that has it afterwards: another one, if it was taken.
   */
  async claim({ value, kind, workspaceId }: Identity, contactId: Id, tx: Transaction): Promise<Id> {
    const [row] = await tx.query<{ contact_id: Id }>(
      `INSERT INTO contact_identity AS i (value, kind, workspace_id, contact_id) VALUES ($1, $2, $3, $4)
       ON CONFLICT (value, kind, workspace_id) DO UPDATE SET contact_id = i.contact_id RETURNING i.contact_id`,
      [value, kind, workspaceId, bytes(contactId)],
    );
    if (!row) throw new Error('A name was neither free nor taken');
    return row.contact_id;
  }

  async release({ value, kind, workspaceId }: Identity, tx: Transaction): Promise<void> {
    await tx.query(`DELETE FROM contact_identity WHERE value = $1 AND kind = $2 AND workspace_id = $3`, [
      value,
      kind,
      workspaceId,
    ]);
  }

  /**
   * The user other than `except` who has this address, if any. Whoever is about to write it asks first: until its
   * transaction ends nobody else gets an answer for that address.
   */
  async otherUserWithEmail(name: ClaimedEmail, except: Id, tx: Transaction): Promise<Id | undefined> {
    await tx.query(`SELECT pg_advisory_xact_lock(hashtextextended($1, $2))`, [name.value, name.workspaceId]);
    const [row] = await tx.query<{ id: Id }>(
      `SELECT id FROM contact
       WHERE workspace_id = $1 AND email = $2 AND role = 'user' AND id <> $3
         AND (NOT $4 OR external_id IS NULL) ORDER BY id LIMIT 1`,
      [name.workspaceId, name.value, bytes(except), name.unnamedOnly],
    );
    return row?.id;
  }
}
