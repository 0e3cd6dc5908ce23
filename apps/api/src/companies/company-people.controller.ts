import { Controller, Get, Param, Query } from '@nestjs/common';
import { ApiOkResponse, ApiTags } from '@nestjs/swagger';
import { companySegments, contactList, listMembers, type PageQuery } from '#contracts';
import { CompanyLinkRepository, CompanyListRepository } from '#database';
import { CompanyService } from '#pipeline';
import { ContactAnswers } from '../contacts/contact-answers.js';
import { type Caller, CurrentWorkspace } from '../http/current-workspace.decorator.js';
import { pageOf } from '../http/page.js';
import { segmentObject } from '../segments/segment-object.js';

/** Who belongs to a company, and which segments these people are in. */
@ApiTags('companies')
@Controller('companies/:id')
export class CompanyPeopleController {
  constructor(
    private readonly companies: CompanyService,
    private readonly links: CompanyLinkRepository,
    private readonly lists: CompanyListRepository,
    private readonly answers: ContactAnswers,
  ) {}

  @Get('contacts')
  @ApiOkResponse({ standardSchema: contactList })
  async contacts(
    @CurrentWorkspace() caller: Caller,
    @Param('id') id: string,
    @Query({ schema: listMembers }) query: PageQuery,
  ) {
    const company = await this.companies.find({ workspaceId: caller.workspaceId, id });
    const details = await this.lists.details(caller.workspaceId, [company.id]);
    const rows = await this.links.people(company.id, query.starting_after, query.per_page + 1);
    const { data, pages } = pageOf(rows, query.per_page);
    return {
      type: 'list',
      data: await this.answers.many(caller, data),
      total_count: details.get(company.id)?.userCount ?? 0,
      pages,
    };
  }

  @Get('segments')
  @ApiOkResponse({ standardSchema: companySegments })
  async segments(@CurrentWorkspace() { workspaceId }: Caller, @Param('id') id: string) {
    const company = await this.companies.find({ workspaceId, id });
    const details = await this.lists.details(workspaceId, [company.id]);
    const segments = details.get(company.id)?.segments ?? [];
    return { type: 'list', data: segments.map((segment) => segmentObject(segment)) };
  }
}
