import { Body, Controller, HttpCode, Post, Query } from '@nestjs/common';
import { ApiOkResponse, ApiTags } from '@nestjs/swagger';
import { foundCompanies, noQuery, searchCompanies, type SearchCompaniesBody } from '#contracts';
import { type CompanySearch, CompanySearchRepository, WorkspaceRepository } from '#database';
import { type Filter, resolveFilter, typeOfCompanyField } from '#domain';
import { cursorPage } from '../http/cursor-page.js';
import { readCursor } from '../http/cursor.js';
import { type Caller, CurrentWorkspace } from '../http/current-workspace.decorator.js';
import { CompanyAnswers } from './company-answers.js';

/** Companies that have people, by a filter. */
@ApiTags('companies')
@Controller('companies/search')
export class CompanySearchController {
  constructor(
    private readonly companies: CompanySearchRepository,
    private readonly workspaces: WorkspaceRepository,
    private readonly answers: CompanyAnswers,
  ) {}

  @Post()
  @HttpCode(200)
  @ApiOkResponse({ standardSchema: foundCompanies })
  async search(
    @CurrentWorkspace() caller: Caller,
    @Body({ schema: searchCompanies }) { query, sort, pagination }: SearchCompaniesBody,
    @Query({ schema: noQuery }) _query: object,
  ) {
    const { after, page } = readCursor(pagination.starting_after, sort);
    const perPage = pagination.per_page;
    const search = await this.searchOf(caller, query);
    const found = await this.companies.search(search, { sort, after, limit: perPage + 1 });
    const total = await this.companies.count(search);
    const { shown, pages } = cursorPage(found, { sort, page, perPage });
    return {
      type: 'list',
      data: await this.answers.many(
        caller,
        shown.map(({ company }) => company),
      ),
      total_count: total,
      pages: pages(total),
    };
  }

  private async searchOf({ workspaceId, version }: Caller, query: Filter): Promise<CompanySearch> {
    const instant = { ...(await this.workspaces.instant(workspaceId)), version };
    return { workspaceId, filter: resolveFilter(query, instant, typeOfCompanyField) };
  }
}
