import { Injectable } from '@nestjs/common';
import { laneOf, type ContactReference, type Id, type Update } from '#domain';
import { bytes, Database, type Transaction } from '../database.js';

/** An update on its way into the inbox. `reference` is how the client named the contact. */
export interface NewInboxRow {
  readonly workspaceId: number;
  readonly contactId: Id;
  readonly update: Update;
  readonly reference?: ContactReference | undefined;
}

/** Where accepted updates wait to be applied. An update is accepted when its row is committed, and not before. */
@Injectable()
export class InboxRepository {
  constructor(private readonly database: Database) {}

  /** Appends rows in their order, in one statement. Inside a transaction they are accepted when it commits. */
  async append(rows: readonly NewInboxRow[], tx: Pick<Transaction, 'query'> = this.database): Promise<void> {
    if (rows.length === 0) return;
    await tx.query(
      `INSERT INTO inbox (lane, workspace_id, contact_id, kind, payload)
       SELECT * FROM unnest($1::smallint[], $2::int[], $3::bytea[], $4::text[], $5::jsonb[])`,
      [
        rows.map((row) => laneOf(row.contactId)),
        rows.map((row) => row.workspaceId),
        rows.map((row) => bytes(row.contactId)),
        rows.map((row) => row.update.kind),
        rows.map(({ update, reference }) => JSON.stringify(reference ? { ...update, reference } : update)),
      ],
    );
  }
}
