import { Injectable } from '@nestjs/common';
import { type Id, laneOf } from '#domain';
import { bytes, Database } from '../database.js';
import type { Admin } from '../entities/admin.entity.js';

/** A note to be written. `body` is text as it was sent, `at` in unix seconds. */
export interface NewNote {
  readonly workspaceId: number;
  readonly contactId: Id;
  readonly body: string;
  readonly authorId: number;
  readonly at: number;
}

/** A note with its author. `createdAt` is in unix seconds. */
export interface Note {
  readonly id: number;
  readonly contactId: Id;
  readonly body: string;
  readonly createdAt: number;
  readonly author: Pick<Admin, 'id' | 'name' | 'email'> | null;
}

const SELECT = `
  SELECT n.id, n.contact_id AS "contactId", n.body, extract(epoch FROM n.created_at)::float8 AS "createdAt",
    CASE WHEN a.id IS NOT NULL THEN jsonb_build_object('id', a.id, 'name', a.name, 'email', a.email) END AS author
  FROM note n LEFT JOIN admin a ON a.id = n.author_id`;

/** What admins wrote down about contacts. */
@Injectable()
export class NoteRepository {
  constructor(private readonly database: Database) {}

  /** Answers with the note's id, undefined when there is no such contact. The contact cannot go in between. */
  async insert({ workspaceId, contactId, body, authorId, at }: NewNote): Promise<number | undefined> {
    const [note] = await this.database.query<{ id: number }>(
      `INSERT INTO note (lane, contact_id, workspace_id, body, author_id, created_at)
       SELECT c.lane, c.id, c.workspace_id, $4, $5, to_timestamp($6) FROM contact c
       WHERE c.lane = $1 AND c.id = $2 AND c.workspace_id = $3 AND c.role <> 'visitor' FOR KEY SHARE
       RETURNING id`,
      [laneOf(contactId), bytes(contactId), workspaceId, body, authorId, at],
    );
    return note?.id;
  }

  async find(workspaceId: number, id: number): Promise<Note | undefined> {
    const [note] = await this.database.query<Note>(`${SELECT} WHERE n.id = $1 AND n.workspace_id = $2`, [
      id,
      workspaceId,
    ]);
    return note;
  }

  /** A page of a contact's notes, newest first. @param page its number; the first is 1 */
  list(workspaceId: number, contactId: Id, page: { page: number; per_page: number }): Promise<Note[]> {
    return this.database.query<Note>(
      `${SELECT} WHERE n.lane = $1 AND n.contact_id = $2 AND n.workspace_id = $3
       ORDER BY n.id DESC LIMIT $4 OFFSET $5`,
      [laneOf(contactId), bytes(contactId), workspaceId, page.per_page, (page.page - 1) * page.per_page],
    );
  }

  async count(workspaceId: number, contactId: Id): Promise<number> {
    const [row] = await this.database.query<{ count: number }>(
      'SELECT count(*) FROM note WHERE lane = $1 AND contact_id = $2 AND workspace_id = $3',
      [laneOf(contactId), bytes(contactId), workspaceId],
    );
    return row?.count ?? 0;
  }
}
