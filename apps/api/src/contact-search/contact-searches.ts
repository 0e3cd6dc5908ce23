import { Injectable } from '@nestjs/common';
import type { ListContactsQuery } from '#contracts';
import { ContactSearchRepository, type FoundContact, type Total, WorkspaceRepository } from '#database';
import { type Filter, resolveFilter, type ResolvedFilter, type Sort } from '#domain';
import { ContactAnswers } from '../contacts/contact-answers.js';
import { cursorText, readCursor } from '../http/cursor.js';
import type { Caller } from '../http/current-workspace.decorator.js';

/** A page to be answered; without a filter of everybody. */
export interface PageRequest {
  readonly filter: Filter | null;
  readonly sort: Sort;
  readonly paging: ListContactsQuery;
}

/** Answers pages of contacts in the shape of Intercom's lists. */
@Injectable()
export class ContactSearches {
  constructor(
    private readonly contacts: ContactSearchRepository,
    private readonly workspaces: WorkspaceRepository,
    private readonly answers: ContactAnswers,
  ) {}

  async page(caller: Caller, { filter, sort, paging }: PageRequest) {
    const { after, page } = readCursor(paging.starting_after, sort);
    const { workspaceId } = caller;
    const search = { workspaceId, filter: filter && (await this.resolved(caller, filter)) };
    const perPage = paging.per_page;
    const { found, total } = await this.contacts.search(search, { sort, after, limit: perPage + 1 });
    const shown = found.slice(0, perPage).map(({ contact }) => contact);
    const last = found.length > perPage ? found[perPage - 1] : undefined;
    const data = await this.answers.many(caller, shown);
    const next = last ? nextPage(sort, last, page + 1) : null;
    return {
      type: 'list',
      data,
      ...pagesOf(atLeast((page - 1) * perPage + data.length, total), { page, perPage, next }),
    };
  }

  /** By the database's clock, as everything is. */
  private async resolved({ workspaceId, version }: Caller, filter: Filter): Promise<ResolvedFilter> {
    const [settings] = await this.workspaces.settings([workspaceId]);
    if (!settings) throw new Error('A token opened a workspace that is not there');
    return resolveFilter(filter, { zone: settings.timeZone, now: settings.now, version });
  }
}

/** An estimate may be less than what was shown already. */
export const atLeast = (shown: number, { count, exact }: Total): Total => ({
  count: exact ? count : Math.max(count, shown),
  exact,
});

const nextPage = (sort: Sort, { position }: FoundContact, page: number) => ({
  page,
  starting_after: cursorText(sort, position, page),
});

interface Place {
  readonly page: number;
  readonly perPage: number;
  readonly next: ReturnType<typeof nextPage> | null;
}

const pagesOf = ({ count, exact }: Total, { page, perPage, next }: Place) => ({
  total_count: count,
  total_count_exact: exact,
  pages: { type: 'pages', page, per_page: perPage, total_pages: Math.ceil(count / perPage), next },
});
