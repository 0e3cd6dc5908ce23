import { Body, Controller, Delete, Get, HttpCode, Param, Post, Put } from '@nestjs/common';
import { ApiOkResponse, ApiTags } from '@nestjs/swagger';
import {
  companyAnswer,
  type CompanyBody,
  companyDeleted,
  createOrUpdateCompany,
  type CreateOrUpdateCompanyBody,
  updateCompany,
  writtenCompany,
} from '#contracts';
import { CompanyService } from '#pipeline';
import { Clock } from '#platform';
import { type Caller, CurrentWorkspace } from '../http/current-workspace.decorator.js';
import { CompanyAnswers } from './company-answers.js';

/** One company, as Intercom's API has it. */
@ApiTags('companies')
@Controller('companies')
export class CompaniesController {
  constructor(
    private readonly companies: CompanyService,
    private readonly answers: CompanyAnswers,
    private readonly clock: Clock,
  ) {}

  /** Makes the company of that `company_id`, or changes it. */
  @Post()
  @HttpCode(200)
  @ApiOkResponse({ standardSchema: companyAnswer })
  async createOrUpdate(
    @CurrentWorkspace() caller: Caller,
    @Body({ schema: createOrUpdateCompany }) { company_id: companyId, ...body }: CreateOrUpdateCompanyBody,
  ) {
    const asked = writtenCompany(body, this.clock.now());
    return this.answers.written(
      caller,
      await this.companies.createOrUpdate(caller.workspaceId, companyId, asked),
    );
  }

  @Get(':id')
  @ApiOkResponse({ standardSchema: companyAnswer })
  async find(@CurrentWorkspace() caller: Caller, @Param('id') id: string) {
    return this.answers.one(caller, await this.companies.find({ workspaceId: caller.workspaceId, id }));
  }

  @Put(':id')
  @ApiOkResponse({ standardSchema: companyAnswer })
  async update(
    @CurrentWorkspace() caller: Caller,
    @Param('id') id: string,
    @Body({ schema: updateCompany }) body: CompanyBody,
  ) {
    const key = { workspaceId: caller.workspaceId, id };
    const asked = writtenCompany(body, this.clock.now());
    return this.answers.written(caller, await this.companies.update(key, asked));
  }

  @Delete(':id')
  @ApiOkResponse({ standardSchema: companyDeleted })
  async remove(@CurrentWorkspace() { workspaceId }: Caller, @Param('id') id: string) {
    await this.companies.remove({ workspaceId, id });
    return { id, object: 'company', deleted: true };
  }
}
