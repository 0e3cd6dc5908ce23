import { Body, Controller, Delete, Get, HttpCode, Param, Post, Query } from '@nestjs/common';
import { ApiOkResponse, ApiTags } from '@nestjs/swagger';
import {
  attachCompany,
  type AttachCompanyBody,
  companyAnswer,
  contactCompanies,
  listContactCompanies,
  type ListContactCompaniesQuery,
} from '#contracts';
import { CompanyLinkRepository } from '#database';
import { DomainError } from '#domain';
import { ContactCompanies, ContactFinder } from '#pipeline';
import { type Caller, CurrentWorkspace } from '../http/current-workspace.decorator.js';
import { numberedPages, sliceOf } from '../http/numbered-page.js';
import { CompanyAnswers } from './company-answers.js';

/** The companies that a contact belongs to. */
@ApiTags('companies')
@Controller('contacts/:contact_id/companies')
export class ContactCompaniesController {
  constructor(
    private readonly contacts: ContactFinder,
    private readonly companies: ContactCompanies,
    private readonly links: CompanyLinkRepository,
    private readonly answers: CompanyAnswers,
  ) {}

  /** In the order in which the contact came to them. */
  @Get()
  @ApiOkResponse({ standardSchema: contactCompanies })
  async list(
    @CurrentWorkspace() caller: Caller,
    @Param('contact_id') contactId: string,
    @Query({ schema: listContactCompanies }) query: ListContactCompaniesQuery,
  ) {
    const { id } = await this.contacts.find(caller.workspaceId, contactId);
    const data = await this.answers.many(caller, await this.links.companiesOf(id, sliceOf(query)));
    const total = await this.links.count([id]);
    const pages = numberedPages(query, total, { path: `/contacts/${id}/companies` });
    return { type: 'list', data, companies: data, total_count: total, pages };
  }

  /** Attaches the contact; to do so twice is harmless. */
  @Post()
  @HttpCode(200)
  @ApiOkResponse({ standardSchema: companyAnswer })
  async attach(
    @CurrentWorkspace() caller: Caller,
    @Param('contact_id') contactId: string,
    @Body({ schema: attachCompany }) { id: companyId }: AttachCompanyBody,
  ) {
    if (companyId === undefined) throw new DomainError('parameter_not_found', 'company not specified', 'id');
    const link = { workspaceId: caller.workspaceId, contactId, companyId };
    return this.answers.one(caller, await this.companies.attach(link));
  }

  @Delete(':id')
  @ApiOkResponse({ standardSchema: companyAnswer })
  async detach(
    @CurrentWorkspace() caller: Caller,
    @Param('contact_id') contactId: string,
    @Param('id') companyId: string,
  ) {
    const link = { workspaceId: caller.workspaceId, contactId, companyId };
    return this.answers.one(caller, await this.companies.detach(link));
  }
}
