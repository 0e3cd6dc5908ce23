import type { Id } from '../id.js';

/** How many of each relation a contact is answered with; the rest is a page of its own. */
export const SHOWN_RELATIONS = 10;

/** One kind of relation of a contact: the ids of the first ten, and how many there are in all. */
export interface Relation {
  readonly ids: readonly string[];
  readonly total: number;
}

/** What hangs on a contact. A subscription is there only once the contact has decided on it. */
export type Relations = Readonly<Record<RelationName, Relation>>;
export type RelationName = 'tags' | 'notes' | 'companies' | 'optedOut' | 'optedIn';

const NONE: Relation = { ids: [], total: 0 };
export const NO_RELATIONS: Relations = {
  tags: NONE,
  notes: NONE,
  companies: NONE,
  optedOut: NONE,
  optedIn: NONE,
};

/** The relations in the shape of Intercom's contact object. */
export function relationFields(id: Id, relations: Relations) {
  const list = (name: RelationName, type: string, resource: string, page: string) => {
    const { ids, total } = relations[name];
    return {
      type: 'list',
      data: ids.map((related) => ({ type, id: related, url: `/${resource}/${related}` })),
      url: `/contacts/${id}/${page}`,
      total_count: total,
      has_more: total > ids.length,
    };
  };
  return {
    social_profiles: { type: 'list', data: [] },
    tags: list('tags', 'tag', 'tags', 'tags'),
    notes: list('notes', 'note', 'notes', 'notes'),
    companies: list('companies', 'company', 'companies', 'companies'),
    opted_out_subscription_types: list('optedOut', 'subscription', 'subscription_types', 'subscriptions'),
    opted_in_subscription_types: list('optedIn', 'subscription', 'subscription_types', 'subscriptions'),
  };
}
