import { Controller, Get, Query } from '@nestjs/common';
import { ApiOkResponse, ApiTags } from '@nestjs/swagger';
import { companyScroll, scrollCompanies, type ScrollCompaniesQuery } from '#contracts';
import { CompanyScrollRepository, SCROLL_IDLE_SECONDS } from '#database';
import { DomainError, type Id, ID_PATTERN } from '#domain';
import { Clock, Ids } from '#platform';
import { type Caller, CurrentWorkspace } from '../http/current-workspace.decorator.js';
import { CompanyAnswers } from './company-answers.js';

/** All companies that have people, a step at a time. A workspace has one open scroll (reference 4). */
@ApiTags('companies')
@Controller('companies/scroll')
export class CompanyScrollController {
  constructor(
    private readonly scrolls: CompanyScrollRepository,
    private readonly answers: CompanyAnswers,
    private readonly clock: Clock,
    private readonly ids: Ids,
  ) {}

  /** Opens the scroll, or goes on with it. The step after the last company is empty, and closes it. */
  @Get()
  @ApiOkResponse({ standardSchema: companyScroll })
  async next(
    @CurrentWorkspace() caller: Caller,
    @Query({ schema: scrollCompanies }) query: ScrollCompaniesQuery,
  ) {
    const { workspaceId } = caller;
    const id = query.scroll_param ?? (await this.open(workspaceId));
    const isId = ID_PATTERN.test(id);
    const companies = isId ? await this.scrolls.step({ workspaceId, id }, this.clock.now()) : undefined;
    if (!companies) throw new DomainError('not_found', 'scroll parameter not found', 'scroll_param');
    return {
      type: 'list',
      data: await this.answers.many(caller, companies),
      pages: null,
      total_count: null,
      scroll_param: companies.length > 0 ? id : null,
    };
  }

  private async open(workspaceId: number): Promise<Id> {
    const id = this.ids.next();
    if (await this.scrolls.open({ workspaceId, id }, this.clock.now())) return id;
    const rest = `go on with it, or wait until it was not used for ${SCROLL_IDLE_SECONDS} seconds`;
    throw new DomainError('scroll_exists', `scroll already exists for this workspace: ${rest}`);
  }
}
