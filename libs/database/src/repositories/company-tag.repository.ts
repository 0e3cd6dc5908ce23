import { Injectable } from '@nestjs/common';
import type { Id } from '#domain';
import { bytes, type Transaction } from '../database.js';
import type { Tagging } from './contact-tag.repository.js';

/** A company by both of its names: `id` is Muster's, `companyId` the client's. */
export interface NamedCompany {
  readonly id: Id;
  readonly companyId: string;
}

/** Tags on companies. */
@Injectable()
export class CompanyTagRepository {
  /** The companies that bear one of the names, in id order. They stay until the transaction ends. */
  named(
    workspaceId: number,
    names: { readonly ids: readonly Id[]; readonly companyIds: readonly string[] },
    tx: Transaction,
  ): Promise<NamedCompany[]> {
    return tx.query<NamedCompany>(
      `SELECT id, company_id AS "companyId" FROM company
       WHERE workspace_id = $1 AND (id = ANY($2::bytea[]) OR company_id = ANY($3::text[]))
       ORDER BY id FOR KEY SHARE`,
      [workspaceId, names.ids.map(bytes), names.companyIds],
    );
  }

  /** Who has the tag already keeps it as it was applied. */
  async apply({ workspaceId, tagId, by, at }: Tagging, ids: readonly Id[], tx: Transaction): Promise<void> {
    await tx.query(
      `INSERT INTO company_tag (workspace_id, company_id, tag_id, applied_at, applied_by)
       SELECT DISTINCT $1::int, company_id, $2::int, to_timestamp($3), $4::int
       FROM unnest($5::bytea[]) AS c (company_id) ON CONFLICT DO NOTHING`,
      [workspaceId, tagId, at, by, ids.map(bytes)],
    );
  }

  async remove({ workspaceId, tagId }: Tagging, ids: readonly Id[], tx: Transaction): Promise<void> {
    await tx.query(
      `DELETE FROM company_tag WHERE workspace_id = $1 AND tag_id = $2 AND company_id = ANY($3::bytea[])`,
      [workspaceId, tagId, ids.map(bytes)],
    );
  }
}
