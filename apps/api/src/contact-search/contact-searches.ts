import { Injectable } from '@nestjs/common';
import type { CursorPageQuery } from '#contracts';
import { ContactSearchRepository, type Total, WorkspaceRepository } from '#database';
import { type Filter, resolveFilter, type ResolvedFilter, type Sort } from '#domain';
import { ContactAnswers } from '../contacts/contact-answers.js';
import { cursorPage } from '../http/cursor-page.js';
import { readCursor } from '../http/cursor.js';
import type { Caller } from '../http/current-workspace.decorator.js';

/** A page to be answered; without a filter of everybody. */
export interface PageRequest {
  readonly filter: Filter | null;
  readonly sort: Sort;
  readonly paging: CursorPageQuery;
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
    const { shown, pages } = cursorPage(found, { sort, page, perPage });
    const count = atLeast((page - 1) * perPage + shown.length, total);
    return {
      type: 'list',
      data: await this.answers.many(
        caller,
        shown.map(({ contact }) => contact),
      ),
      total_count: count,
      total_count_exact: total.exact,
      pages: pages(count),
    };
  }

  /** By the database's clock, as everything is. */
  private async resolved({ workspaceId, version }: Caller, filter: Filter): Promise<ResolvedFilter> {
    return resolveFilter(filter, { ...(await this.workspaces.instant(workspaceId)), version });
  }
}

/** An estimate may be less than what was shown already. */
export const atLeast = (shown: number, { count, exact }: Total): number =>
  exact ? count : Math.max(count, shown);
