import { Injectable } from '@nestjs/common';
import type { FindUsersQuery } from '#contracts';
import { ContactSearchRepository } from '#database';
import type { ResolvedFilter, Sort } from '#domain';
import { Clock } from '#platform';
import { atLeast } from '../contact-search/contact-searches.js';
import { cursorText, readCursor } from '../http/cursor.js';
import type { Caller } from '../http/current-workspace.decorator.js';
import { UserAnswers } from './user-answers.js';

const DAY = 86_400;

const USERS: ResolvedFilter = {
  target: { field: 'role' },
  comparison: { kind: 'values', values: ['user'], negated: false },
};

/**
 * Lists of users by page numbers, as version 1 has them. `pages.next` carries a cursor besides the number: whoever
 * follows it reads each page from where the last one ended; a number alone is counted from the start.
 */
@Injectable()
export class UserLists {
  constructor(
    private readonly contacts: ContactSearchRepository,
    private readonly answers: UserAnswers,
    private readonly clock: Clock,
  ) {}

  /** @param url of the list, without its query */
  async page(caller: Caller, query: FindUsersQuery, url: string) {
    const sort = sortOf(query);
    const { page, per_page: perPage, starting_after: cursor } = query;
    const { after } = readCursor(cursor, sort);
    const skipped = cursor === undefined ? (page - 1) * perPage : 0;
    const end = skipped + perPage;
    const search = { workspaceId: caller.workspaceId, filter: this.filterOf(query) };
    const { found, total } = await this.contacts.search(search, { sort, after, limit: end + 1 });
    const shown = found.slice(skipped, end);
    const last = found.length > end ? shown.at(-1) : undefined;
    const next = last ? `${url}?${nextQuery(query, cursorText(sort, last.position, page + 1))}` : null;
    const count = atLeast((page - 1) * perPage + shown.length, total);
    const users = await this.answers.many(
      caller,
      shown.map(({ contact }) => contact),
    );
    return {
      type: 'user.list',
      users,
      total_count: count,
      total_count_exact: total.exact,
      pages: { type: 'pages', next, page, per_page: perPage, total_pages: Math.ceil(count / perPage) },
    };
  }

  private filterOf({ created_since: days }: FindUsersQuery): ResolvedFilter {
    if (days === undefined) return USERS;
    const since = this.clock.now() - days * DAY;
    const recent: ResolvedFilter = {
      target: { field: 'created_at' },
      comparison: { kind: 'ranges', ranges: [{ '>=': since }], negated: false },
    };
    return { operator: 'AND', value: [USERS, recent] };
  }
}

const sortOf = ({ sort, order }: FindUsersQuery): Sort => ({
  field: sort === 'last_request_at' ? 'last_seen_at' : sort,
  order: order === 'asc' ? 'ascending' : 'descending',
});

function nextQuery({ created_since, ...query }: FindUsersQuery, cursor: string): string {
  const { per_page, page, sort, order } = query;
  const since = created_since === undefined ? {} : { created_since: String(created_since) };
  const paging = { per_page: String(per_page), page: String(page + 1), starting_after: cursor };
  return new URLSearchParams({ sort, order, ...since, ...paging }).toString();
}
