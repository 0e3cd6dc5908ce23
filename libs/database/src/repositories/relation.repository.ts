import { Injectable } from '@nestjs/common';
import {
  type Id,
  NO_RELATIONS,
  type Relation,
  type RelationName,
  type Relations,
  SHOWN_RELATIONS,
} from '#domain';
import { Database, type Transaction } from '../database.js';
import { keysOf } from './contact.repository.js';

interface RelationRow extends Relation {
  readonly contactId: Id;
  readonly name: RelationName;
}

const relation = (name: RelationName, { id, from, order }: { id: string; from: string; order: string }) => `
  SELECT key.id AS "contactId", '${name}' AS name, related.ids, related.total FROM key
  CROSS JOIN LATERAL (
    SELECT (array_agg(${id} ORDER BY ${order}))[1:${SHOWN_RELATIONS}] AS ids, count(*) AS total
    FROM ${from} AND r.lane = key.lane AND r.contact_id = key.id) AS related
  WHERE related.total > 0`;

const decided = (consent: string) => ({
  id: 'r.subscription_type_id::text',
  from: `contact_subscription r WHERE r.consent_type = '${consent}'`,
  order: 'r.decided_at, r.subscription_type_id',
});

const RELATIONS = `WITH key AS (SELECT * FROM unnest($1::smallint[], $2::bytea[]) AS k (lane, id)) ${[
  relation('tags', {
    id: 'r.tag_id::text',
    from: 'contact_tag r WHERE true',
    order: 'r.applied_at, r.tag_id',
  }),
  relation('notes', { id: 'r.id::text', from: 'note r WHERE true', order: 'r.id DESC' }),
  relation('companies', {
    id: `encode(r.company_id, 'hex')`,
    from: 'contact_company r WHERE true',
    order: 'r.attached_at, r.company_id',
  }),
  relation('optedOut', decided('opt_out')),
  relation('optedIn', decided('opt_in')),
].join(' UNION ALL ')}`;

/** What hangs on contacts: tags, notes, companies and decided subscriptions, each as far as a contact shows it. */
@Injectable()
export class RelationRepository {
  constructor(private readonly database: Database) {}

  /** The relations of each contact, in the order of `ids`. */
  async load(ids: readonly Id[], tx: Pick<Transaction, 'query'> = this.database): Promise<Relations[]> {
    if (ids.length === 0) return [];
    const relations = new Map<Id, Record<RelationName, Relation>>();
    for (const { contactId, name, ids: related, total } of await tx.query<RelationRow>(
      RELATIONS,
      keysOf(ids),
    )) {
      const of = relations.get(contactId) ?? { ...NO_RELATIONS };
      of[name] = { ids: related, total };
      relations.set(contactId, of);
    }
    return ids.map((id) => relations.get(id) ?? NO_RELATIONS);
  }
}
