import { Controller, Get, Param, Post } from '@nestjs/common';
import { ApiOkResponse, ApiTags } from '@nestjs/swagger';
import { datasetList } from '#contracts';
import { DomainError } from '#domain';
import { Produces } from '../http/produces.decorator.js';

/** Intercom's reports on conversations, of which there are none: whoever asks is told so. */
@ApiTags('exports')
@Controller()
export class ReportingDataController {
  @Get('export/reporting_data/get_datasets')
  @ApiOkResponse({ standardSchema: datasetList })
  datasets() {
    return { type: 'list', data: [] };
  }

  /** 400, whatever the dataset. */
  @Post('export/reporting_data/enqueue')
  enqueue(): never {
    const message =
      'dataset_id: there are no datasets; what was told about whom is at POST /export/content/data';
    throw new DomainError('parameter_invalid', message, 'dataset_id');
  }

  /** 404: no such job can have been made. */
  @Get('export/reporting_data/:id')
  find(@Param('id') id: string): never {
    throw noJob(id);
  }

  /** 404 alike. */
  @Get('download/reporting_data/:id')
  @Produces('application/octet-stream')
  download(@Param('id') id: string): never {
    throw noJob(id);
  }
}

const noJob = (id: string): DomainError =>
  new DomainError('job_not_found', `There is no job with the id ${id}`);
