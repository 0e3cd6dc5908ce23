import { Readable } from 'node:stream';
import { Body, Controller, Get, HttpCode, Param, Post, StreamableFile } from '@nestjs/common';
import { ApiOkResponse, ApiProduces, ApiTags } from '@nestjs/swagger';
import { createDataExport, type CreateDataExportBody, dataExportAnswer, jobAnswer } from '#contracts';
import type { WorkspaceKey } from '#database';
import { BaseUrl } from '../http/base-url.decorator.js';
import { CurrentWorkspace } from '../http/current-workspace.decorator.js';
import { Produces } from '../http/produces.decorator.js';
import { dataExportObject, jobObject } from './data-export-object.js';
import { DataExports } from './data-exports.service.js';

const FILE = 'application/octet-stream';

/** What was told about whom, as a file that a worker writes. */
@ApiTags('exports')
@Controller()
export class DataExportsController {
  constructor(private readonly exports: DataExports) {}

  /** 429 while another export of the workspace is at work. */
  @Post('export/content/data')
  @HttpCode(200)
  @ApiOkResponse({ standardSchema: dataExportAnswer })
  async create(
    @CurrentWorkspace() { workspaceId }: WorkspaceKey,
    @Body({ schema: createDataExport }) body: CreateDataExportBody,
    @BaseUrl() baseUrl: string,
  ) {
    const range = { after: body.created_at_after, before: body.created_at_before };
    return dataExportObject(await this.exports.create(workspaceId, range), baseUrl);
  }

  @Get('export/content/data/:id')
  @ApiOkResponse({ standardSchema: dataExportAnswer })
  async find(
    @CurrentWorkspace() { workspaceId }: WorkspaceKey,
    @Param('id') id: string,
    @BaseUrl() baseUrl: string,
  ) {
    return dataExportObject(await this.exports.find(workspaceId, id), baseUrl);
  }

  /** 409 when it has ended already. */
  @Post('export/cancel/:id')
  @HttpCode(200)
  @ApiOkResponse({ standardSchema: dataExportAnswer })
  async cancel(
    @CurrentWorkspace() { workspaceId }: WorkspaceKey,
    @Param('id') id: string,
    @BaseUrl() baseUrl: string,
  ) {
    return dataExportObject(await this.exports.cancel(workspaceId, id), baseUrl);
  }

  /** CSV, gzipped. 404 while there is none, and once it has expired. */
  @Get('download/content/data/:id')
  @Produces(FILE)
  @ApiProduces(FILE)
  @ApiOkResponse({ schema: { type: 'string', format: 'binary' } })
  async download(@CurrentWorkspace() { workspaceId }: WorkspaceKey, @Param('id') id: string) {
    const { size, content } = await this.exports.file(workspaceId, id);
    return new StreamableFile(Readable.from(content), {
      type: FILE,
      disposition: `attachment; filename="${id}.csv.gz"`,
      length: size,
    });
  }

  /** An export as a job; there are no others. */
  @Get('jobs/status/:id')
  @ApiOkResponse({ standardSchema: jobAnswer })
  async job(
    @CurrentWorkspace() { workspaceId }: WorkspaceKey,
    @Param('id') id: string,
    @BaseUrl() baseUrl: string,
  ) {
    return jobObject(await this.exports.find(workspaceId, id), baseUrl);
  }
}
