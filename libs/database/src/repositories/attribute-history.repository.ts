import { Injectable } from '@nestjs/common';
import type { Author, Change, Id } from '#domain';
import type { Transaction } from '../database.js';
import { keysOf } from './contact.repository.js';

/** An attribute of a contact that was written, and by whom; `at` in unix seconds. */
export interface AttributeChange extends Change {
  readonly contactId: Id;
  readonly workspaceId: number;
  readonly by: Author;
  readonly at: number;
}

/** What attributes of contacts were before: written once, in the transaction that changes them. */
@Injectable()
export class AttributeHistoryRepository {
  async insert(changes: readonly AttributeChange[], tx: Transaction): Promise<void> {
    if (changes.length === 0) return;
    await tx.query(
      `INSERT INTO attribute_change (lane, contact_id, workspace_id, key, before, after, source, admin_id, changed_at)
       SELECT lane, contact_id, workspace_id, key, before, after, source, admin_id, to_timestamp(at)
       FROM unnest($1::smallint[], $2::bytea[], $3::int[], $4::text[], $5::jsonb[], $6::jsonb[], $7::text[], $8::int[],
                   $9::float8[])
         AS c (lane, contact_id, workspace_id, key, before, after, source, admin_id, at)`,
      [
        ...keysOf(changes.map((change) => change.contactId)),
        changes.map((change) => change.workspaceId),
        changes.map((change) => change.key),
        changes.map((change) => jsonOrNull(change.before)),
        changes.map((change) => jsonOrNull(change.after)),
        changes.map((change) => change.by.source),
        changes.map((change) => change.by.adminId ?? null),
        changes.map((change) => change.at),
      ],
    );
  }
}

const jsonOrNull = (value: unknown): string | null => (value === undefined ? null : JSON.stringify(value));
