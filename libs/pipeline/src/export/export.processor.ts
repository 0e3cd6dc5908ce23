import { Injectable } from '@nestjs/common';
import { type JobData, JobProcessor, Processes } from '#queue';
import { ExportService } from './export.service.js';

@Injectable()
@Processes('export.data')
export class ExportProcessor extends JobProcessor<'export.data'> {
  readonly handles = 'export.data';

  constructor(private readonly exports: ExportService) {
    super();
  }

  handle({ exportId }: JobData<'export.data'>): Promise<void> {
    return this.exports.run(exportId);
  }
}
