import { Body, Controller, HttpCode, Post } from '@nestjs/common';
import { ApiOkResponse, ApiTags } from '@nestjs/swagger';
import { foundCompanies, searchCompanies, type SearchCompaniesBody } from '#contracts';
import {
  type CompanySearch,
  CompanySearchRepository,
  type FoundCompany,
  WorkspaceRepository,
} from '#database';
import { EXACT_SECONDS, isSince, wholeDays } from '#domain';
import { type Caller, CurrentWorkspace } from '../http/current-workspace.decorator.js';
import { CompanyAnswers } from './company-answers.js';
import { decodeCursor, encodeCursor } from './search-cursor.js';

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
    @Body({ schema: searchCompanies }) body: SearchCompaniesBody,
  ) {
    const { per_page: perPage, starting_after: cursor } = body.pagination;
    const type = body.sort.field === 'name' ? 'string' : 'number';
    const { position: after, page } = cursor ? decodeCursor(cursor, type) : { position: undefined, page: 1 };
    const search = await this.searchOf(caller, body);
    const found = await this.companies.find(search, { sort: body.sort, after, limit: perPage + 1 });
    const total = await this.companies.count(search);
    const shown = found.slice(0, perPage);
    const companies = shown.map(({ company }) => company);
    const next = found.length > perPage ? nextOf(shown, page + 1) : null;
    const total_pages = Math.ceil(total / perPage);
    return {
      type: 'list',
      data: await this.answers.many(caller, companies),
      total_count: total,
      pages: { type: 'pages', page, per_page: perPage, total_pages, next },
    };
  }

  /** Since 2.17 dates are compared to the second, before as days of the workspace's zone (reference 5.1). */
  private async searchOf(
    { workspaceId, version }: Caller,
    { query }: SearchCompaniesBody,
  ): Promise<CompanySearch> {
    if (isSince(version, '2.17')) return { workspaceId, query, days: EXACT_SECONDS };
    const [workspace] = await this.workspaces.settings([workspaceId]);
    return { workspaceId, query, days: wholeDays(workspace?.timeZone ?? 'UTC') };
  }
}

function nextOf(shown: readonly FoundCompany[], page: number) {
  const last = shown.at(-1);
  return last ? { page, starting_after: encodeCursor({ position: last.position, page }) } : null;
}
