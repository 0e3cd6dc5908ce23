import { Controller, Get, HttpCode, Post, Query } from '@nestjs/common';
import { ApiOkResponse, ApiTags } from '@nestjs/swagger';
import {
  companyList,
  companyOrList,
  listCompanies,
  type ListCompaniesQuery,
  retrieveCompanies,
  type RetrieveCompaniesQuery,
} from '#contracts';
import { CompanyListRepository, type CompanyScope } from '#database';
import { CompanyService } from '#pipeline';
import { type Caller, CurrentWorkspace } from '../http/current-workspace.decorator.js';
import { numberedPages, sliceOf } from '../http/numbered-page.js';
import { CompanyAnswers } from './company-answers.js';

/** A list, and where its next page is. */
interface Listing {
  readonly query: ListCompaniesQuery;
  readonly scope: CompanyScope;
  readonly link: { readonly path: string; readonly query?: Readonly<Record<string, string>> };
}

/** Companies that have people, last seen first, by page numbers. */
@ApiTags('companies')
@Controller('companies')
export class CompanyListsController {
  constructor(
    private readonly companies: CompanyService,
    private readonly lists: CompanyListRepository,
    private readonly answers: CompanyAnswers,
  ) {}

  @Post('list')
  @HttpCode(200)
  @ApiOkResponse({ standardSchema: companyList })
  list(@CurrentWorkspace() caller: Caller, @Query({ schema: listCompanies }) query: ListCompaniesQuery) {
    const link = { path: '/companies/list', query: { order: query.order } };
    return this.answer(caller, { query, scope: {}, link });
  }

  /** One company by its `company_id` or name, people or not; else a list. */
  @Get()
  @ApiOkResponse({ standardSchema: companyOrList })
  async retrieve(
    @CurrentWorkspace() caller: Caller,
    @Query({ schema: retrieveCompanies }) query: RetrieveCompaniesQuery,
  ) {
    const { company_id, name, tag_id: tagId, segment_id: segmentId, ...page } = query;
    const named = company_id === undefined ? name !== undefined && { name } : { company_id };
    if (named) return this.answers.one(caller, await this.companies.findNamed(caller.workspaceId, named));
    const kept = [
      ['tag_id', tagId],
      ['segment_id', segmentId],
    ].flatMap(([key, value]) => (value === undefined ? [] : [[key, String(value)]]));
    const link = { path: '/companies', query: Object.fromEntries(kept) };
    return this.answer(caller, { query: { ...page, order: 'desc' }, scope: { tagId, segmentId }, link });
  }

  private async answer(caller: Caller, { query, scope, link }: Listing) {
    const slice = { ...sliceOf(query), order: query.order };
    const companies = await this.lists.list(caller.workspaceId, scope, slice);
    const total = await this.lists.count(caller.workspaceId, scope);
    return {
      type: 'list',
      data: await this.answers.many(caller, companies),
      total_count: total,
      pages: numberedPages(query, total, link),
    };
  }
}
