import { Injectable } from '@nestjs/common';
import { In, IsNull } from 'typeorm';
import type { Company, Id } from '#domain';
import { bytes, Database, type Transaction } from '../database.js';
import { Segment } from '../entities/segment.entity.js';
import type { Slice } from './company-link.repository.js';
import { ANY_PEOPLE, HAS_PEOPLE, PEOPLE } from './company-people.js';
import { COMPANY_COLUMNS, type CompanyRow, toCompany } from './company-row.js';

/** Which companies a list holds: those with a tag, those with people in a segment, or all. */
export interface CompanyScope {
  readonly tagId?: number | undefined;
  readonly segmentId?: Id | undefined;
}

/** A part of a list, by when a company was last seen; those never seen come last whichever way. */
export interface CompanySlice extends Slice {
  readonly order: 'asc' | 'desc';
}

/** What a company's object shows besides the company. */
export interface CompanyDetails {
  readonly userCount: number;
  readonly tags: readonly { readonly id: string; readonly name: string }[];
  readonly segments: readonly Segment[];
}

interface DetailsRow extends Pick<CompanyDetails, 'userCount' | 'tags'> {
  readonly id: Id;
  readonly segmentIds: readonly Id[];
}

const IN_SEGMENT = `FROM contact_company r
  JOIN segment_membership m ON m.lane = r.lane AND m.contact_id = r.contact_id WHERE r.company_id = c.id`;

const DETAILS = `
  SELECT c.id, (SELECT count(*) ${PEOPLE}) AS "userCount",
    ARRAY(SELECT DISTINCT encode(m.segment_id, 'hex') ${IN_SEGMENT}) AS "segmentIds",
    (SELECT coalesce(jsonb_agg(jsonb_build_object('id', t.id::text, 'name', t.name) ORDER BY x.applied_at, t.id), '[]')
     FROM company_tag x JOIN tag t ON t.id = x.tag_id AND t.workspace_id = x.workspace_id
     WHERE x.workspace_id = c.workspace_id AND x.company_id = c.id) AS tags
  FROM company c WHERE c.workspace_id = $1 AND c.id = ANY($2::bytea[])`;

/** Lists of companies that have people, and what is shown of them. */
@Injectable()
export class CompanyListRepository {
  constructor(private readonly database: Database) {}

  async list(workspaceId: number, scope: CompanyScope, slice: CompanySlice): Promise<Company[]> {
    const { where, parameters } = scoped(scope);
    const rows = await this.database.query<CompanyRow>(
      `SELECT ${COMPANY_COLUMNS} FROM company c WHERE c.workspace_id = $1 AND ${HAS_PEOPLE} ${where}
       ORDER BY c.last_request_at ${slice.order} NULLS LAST, c.id ${slice.order}
       LIMIT $${parameters.length + 2} OFFSET $${parameters.length + 3}`,
      [workspaceId, ...parameters, slice.limit, slice.offset],
    );
    return rows.map(toCompany);
  }

  async count(workspaceId: number, scope: CompanyScope): Promise<number> {
    const { where, parameters } = scoped(scope);
    const [row] = await this.database.query<{ count: number }>(
      `SELECT count(*) AS count FROM company c WHERE c.workspace_id = $1 AND ${ANY_PEOPLE} ${where}`,
      [workspaceId, ...parameters],
    );
    return row?.count ?? 0;
  }

  /** Up to `limit` companies that have people after this one, oldest first. */
  async after(
    { workspaceId, after, limit }: { workspaceId: number; after: Id | null; limit: number },
    tx: Transaction,
  ): Promise<Company[]> {
    const rows = await tx.query<CompanyRow>(
      `SELECT ${COMPANY_COLUMNS} FROM company c
       WHERE c.workspace_id = $1 AND c.id > $2 AND ${HAS_PEOPLE} ORDER BY c.id LIMIT $3`,
      [workspaceId, bytes(after ?? ''), limit],
    );
    return rows.map(toCompany);
  }

  /** What is shown of each company, by id; a company that is gone has nothing. */
  async details(workspaceId: number, ids: readonly Id[]): Promise<Map<Id, CompanyDetails>> {
    const rows = await this.database.query<DetailsRow>(DETAILS, [workspaceId, ids.map(bytes)]);
    const segments = await this.segments(
      workspaceId,
      rows.flatMap(({ segmentIds }) => segmentIds),
    );
    return new Map(
      rows.map(({ id, segmentIds, ...row }) => [
        id,
        { ...row, segments: segments.filter((segment) => segmentIds.includes(segment.id)) },
      ]),
    );
  }

  /** Memberships of a deleted segment may still be there; they count no more. */
  private segments(workspaceId: number, ids: readonly Id[]): Promise<Segment[]> {
    if (ids.length === 0) return Promise.resolve([]);
    return this.database.entities.find(Segment, {
      where: { workspaceId, id: In([...new Set(ids)]), deletedAt: IsNull() },
      order: { name: 'ASC', id: 'ASC' },
    });
  }
}

function scoped({ tagId, segmentId }: CompanyScope): { where: string; parameters: unknown[] } {
  if (tagId !== undefined)
    return {
      where: `AND EXISTS (SELECT FROM company_tag x WHERE x.workspace_id = c.workspace_id AND x.company_id = c.id
        AND x.tag_id = $2)`,
      parameters: [tagId],
    };
  if (segmentId !== undefined)
    return {
      where: `AND EXISTS (SELECT ${IN_SEGMENT} AND m.segment_id = $2)`,
      parameters: [bytes(segmentId)],
    };
  return { where: '', parameters: [] };
}
