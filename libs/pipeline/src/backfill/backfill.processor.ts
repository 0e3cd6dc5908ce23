import { Injectable } from '@nestjs/common';
import { type JobData, JobProcessor, Processes } from '#queue';
import { BackfillService } from './backfill.service.js';

@Injectable()
@Processes('backfill.segment')
export class BackfillProcessor extends JobProcessor<'backfill.segment'> {
  readonly handles = 'backfill.segment';

  constructor(private readonly backfill: BackfillService) {
    super();
  }

  handle({ segmentId }: JobData<'backfill.segment'>): Promise<void> {
    return this.backfill.run(segmentId);
  }
}
