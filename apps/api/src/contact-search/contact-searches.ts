import { Injectable } from '@nestjs/common';
import type { ListContactsQuery } from '#contracts';
import { ContactSearchRepository, type FoundContact, WorkspaceRepository } from '#database';
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
    const search = {
      workspaceId: caller.workspaceId,
      filter: filter && (await this.resolved(caller, filter)),
    };
    const perPage = paging.per_page;
    const { found, total } = await this.contacts.search(search, { sort, after, limit: perPage + 1 });
    const shown = found.slice(0, perPage);
    const last = found.length > perPage ? shown.at(-1) : undefined;
    const data = await this.answers.many(
      caller,
      shown.map(({ contact }) => contact),
    );
    const count = total.exact ? total.count : Math.max(total.count, (page - 1) * perPage + data.length);
    return {
      type: 'list',
      data,
      total_count: count,
      total_count_exact: total.exact,
      pages: {
        type: 'pages',
        page,
        per_page: perPage,
        total_pages: Math.ceil(count / perPage),
        next: last ? nextPage(sort, last, page + 1) : null,
      },
    };
  }

  /** By the database's clock, as everything is. */
  private async resolved({ workspaceId, version }: Caller, filter: Filter): Promise<ResolvedFilter> {
    const [settings] = await this.workspaces.settings([workspaceId]);
    if (!settings) throw new Error('A token opened a workspace that is not there');
    return resolveFilter(filter, { zone: settings.timeZone, now: settings.now, version });
  }
}

const nextPage = (sort: Sort, { position }: FoundContact, page: number) => ({
  page,
  starting_after: cursorText(sort, position, page),
});
