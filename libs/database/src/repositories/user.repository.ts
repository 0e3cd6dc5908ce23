import { Injectable } from '@nestjs/common';
import { type Contact, type Id, laneOf, NOT_RELATED, type UserRelations } from '#domain';
import { bytes, Database, type Transaction } from '../database.js';
import { CONTACT_COLUMNS, type ContactRow, toContact } from './contact-row.js';
import { keysOf } from './contact.repository.js';

const list = (fields: string, from: string, order: string) => `
  coalesce((SELECT jsonb_agg(jsonb_build_object(${fields}) ORDER BY ${order}) ${from}
    AND r.lane = key.lane AND r.contact_id = key.id), '[]')`;

const COMPANIES = list(
  `'id', encode(c.id, 'hex'), 'company_id', c.company_id, 'name', c.name`,
  `FROM contact_company r JOIN company c ON c.workspace_id = r.workspace_id AND c.id = r.company_id WHERE true`,
  'r.attached_at, r.company_id',
);
const TAGS = list(
  `'id', t.id::text, 'name', t.name`,
  'FROM contact_tag r JOIN tag t ON t.workspace_id = r.workspace_id AND t.id = r.tag_id WHERE true',
  'r.applied_at, r.tag_id',
);
const SEGMENTS = list(
  `'id', encode(s.id, 'hex'), 'name', s.name`,
  `FROM segment_membership r JOIN segment s ON s.workspace_id = r.workspace_id AND s.id = r.segment_id
   WHERE s.deleted_at IS NULL`,
  's.name, s.id',
);

const RELATIONS = `
  SELECT key.id AS "contactId", ${COMPANIES} AS companies, ${TAGS} AS tags, ${SEGMENTS} AS segments
  FROM unnest($1::smallint[], $2::bytea[]) AS key (lane, id)`;

/** Users as version 1 has them: all of their companies, tags and segments are told with them. */
@Injectable()
export class UserRepository {
  constructor(private readonly database: Database) {}

  /** Up to `limit` users after this one who are not archived, in the order in which they lie. */
  async after(
    { workspaceId, after, limit }: { workspaceId: number; after: Id | null; limit: number },
    tx: Transaction,
  ): Promise<Contact[]> {
    const rows = await tx.query<ContactRow>(
      `SELECT ${CONTACT_COLUMNS} FROM contact c
       WHERE c.workspace_id = $1 AND (c.lane, c.id) > ($2::smallint, $3::bytea) AND c.role = 'user'
         AND c.archived_at IS NULL
       ORDER BY c.lane, c.id LIMIT $4`,
      [workspaceId, after ? laneOf(after) : -1, bytes(after ?? ''), limit],
    );
    return rows.map(toContact);
  }

  /** What each contact is related to, in the order of `ids`. */
  async relations(ids: readonly Id[]): Promise<UserRelations[]> {
    if (ids.length === 0) return [];
    const rows = await this.database.query<UserRelations & { contactId: Id }>(RELATIONS, keysOf(ids));
    const found = new Map(rows.map(({ contactId, ...relations }) => [contactId, relations]));
    return ids.map((id) => found.get(id) ?? NOT_RELATED);
  }
}
