import type { ResolvedFilter } from '#domain';
import { contactColumns } from '../filter/contact-columns.js';
import { filterSql } from '../filter/filter-sql.js';
import type { Parameters } from '../filter/parameters.js';

/** Whom to look for in one workspace: everybody when there is no filter. */
export interface ContactSearch {
  readonly workspaceId: number;
  readonly filter: ResolvedFilter | null;
}

/** What of `contact c` a search means: neither the archived ones nor mere visitors. */
export function whereSql({ workspaceId, filter }: ContactSearch, parameters: Parameters): string {
  const workspace = `c.workspace_id = ${parameters.add(workspaceId, 'int')}`;
  const contacts = `${workspace} AND c.archived_at IS NULL AND c.role <> 'visitor'`;
  return filter ? `${contacts} AND ${filterSql(filter, contactColumns, parameters)}` : contacts;
}
