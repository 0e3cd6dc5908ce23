import { Injectable } from '@nestjs/common';
import { type Company, type Contact, type Id, laneOf } from '#domain';
import { bytes, Database, type Transaction } from '../database.js';
import { COMPANY_COLUMNS, type CompanyRow, toCompany } from './company-row.js';
import { keysOf } from './contact.repository.js';
import { CONTACT_COLUMNS, type ContactRow, toContact } from './contact-row.js';

/** A part of a list by page numbers. */
export interface Slice {
  readonly limit: number;
  readonly offset: number;
}

/** A contact, and a company by the client's own id. */
export interface NamedLink {
  readonly contactId: Id;
  readonly companyId: string;
}

/** Which contact belongs to which company. Whoever changes it holds the contact's lock. */
@Injectable()
export class CompanyLinkRepository {
  constructor(private readonly database: Database) {}

  /** Answers whether the contact is new to the company. */
  async attach({ workspaceId, id }: Contact, companyId: Id, tx: Transaction): Promise<boolean> {
    const rows = await tx.query(
      `INSERT INTO contact_company (lane, contact_id, company_id, workspace_id, attached_at)
       VALUES ($1, $2, $3, $4, clock_timestamp()) ON CONFLICT DO NOTHING RETURNING lane`,
      [laneOf(id), bytes(id), bytes(companyId), workspaceId],
    );
    return rows.length > 0;
  }

  /** Answers whether the contact belonged to the company. */
  async detach({ id }: Contact, companyId: Id, tx: Transaction): Promise<boolean> {
    const rows = await tx.query(
      `DELETE FROM contact_company WHERE lane = $1 AND contact_id = $2 AND company_id = $3 RETURNING lane`,
      [laneOf(id), bytes(id), bytes(companyId)],
    );
    return rows.length > 0;
  }

  /** To how many companies the contacts belong, those that they share counted once. */
  async count(contactIds: readonly Id[], tx: Pick<Transaction, 'query'> = this.database): Promise<number> {
    const [row] = await tx.query<{ count: number }>(
      `SELECT count(DISTINCT company_id) AS count FROM contact_company
       WHERE (lane, contact_id) IN (SELECT * FROM unnest($1::smallint[], $2::bytea[]))`,
      keysOf(contactIds),
    );
    return row?.count ?? 0;
  }

  /** For each pair the company, if the contact belongs to it. */
  async findNamed(workspaceId: number, pairs: readonly NamedLink[]): Promise<(Company | undefined)[]> {
    const rows = await this.database.query<CompanyRow & { index: number }>(
      `SELECT k.index - 1 AS index, ${COMPANY_COLUMNS}
       FROM unnest($2::smallint[], $3::bytea[], $4::text[]) WITH ORDINALITY AS k (lane, contact_id, company_id, index)
       JOIN company c ON c.workspace_id = $1 AND c.company_id = k.company_id
       JOIN contact_company r ON r.lane = k.lane AND r.contact_id = k.contact_id AND r.company_id = c.id`,
      [
        workspaceId,
        ...keysOf(pairs.map(({ contactId }) => contactId)),
        pairs.map(({ companyId }) => companyId),
      ],
    );
    const found = new Map(rows.map((row) => [row.index, toCompany(row)]));
    return pairs.map((_, index) => found.get(index));
  }

  /** The companies of a contact, in the order in which it came to them. */
  async companiesOf(contactId: Id, { limit, offset }: Slice): Promise<Company[]> {
    const rows = await this.database.query<CompanyRow>(
      `SELECT ${COMPANY_COLUMNS} FROM contact_company r
       JOIN company c ON c.workspace_id = r.workspace_id AND c.id = r.company_id
       WHERE r.lane = $1 AND r.contact_id = $2 ORDER BY r.attached_at, r.company_id LIMIT $3 OFFSET $4`,
      [laneOf(contactId), bytes(contactId), limit, offset],
    );
    return rows.map(toCompany);
  }

  /** Up to `limit` people of a company after the contact `after`, in the order of their ids; none that is archived. */
  async people(companyId: Id, after: Id | undefined, limit: number): Promise<Contact[]> {
    const rows = await this.database.query<ContactRow>(
      `SELECT ${CONTACT_COLUMNS} FROM contact_company r
       JOIN contact c ON c.lane = r.lane AND c.id = r.contact_id AND c.archived_at IS NULL
       WHERE r.company_id = $1 AND r.contact_id > $2 ORDER BY r.contact_id LIMIT $3`,
      [bytes(companyId), bytes(after ?? ''), limit],
    );
    return rows.map(toContact);
  }
}
