import { Controller, Get, Query } from '@nestjs/common';
import { ApiOkResponse, ApiTags } from '@nestjs/swagger';
import { companyScroll, scrollQuery, type ScrollQuery } from '#contracts';
import { CompanyListRepository, SCROLL_STEP } from '#database';
import { type Caller, CurrentWorkspace } from '../http/current-workspace.decorator.js';
import { Scrolls } from '../scroll/scrolls.js';
import { CompanyAnswers } from './company-answers.js';

/** All companies that have people, a step at a time. */
@ApiTags('companies')
@Controller('companies/scroll')
export class CompanyScrollController {
  constructor(
    private readonly scrolls: Scrolls,
    private readonly companies: CompanyListRepository,
    private readonly answers: CompanyAnswers,
  ) {}

  @Get()
  @ApiOkResponse({ standardSchema: companyScroll })
  async next(
    @CurrentWorkspace() caller: Caller,
    @Query({ schema: scrollQuery }) { scroll_param: param }: ScrollQuery,
  ) {
    const { workspaceId } = caller;
    const { things, scroll_param } = await this.scrolls.next(
      { workspaceId, list: 'companies', param },
      (after, tx) => this.companies.after({ workspaceId, after, limit: SCROLL_STEP }, tx),
    );
    const data = await this.answers.many(caller, things);
    return { type: 'list', data, pages: null, total_count: null, scroll_param };
  }
}
