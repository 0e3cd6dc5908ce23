import { Injectable } from '@nestjs/common';
import { type JobData, JobProcessor, Processes } from '#queue';
import { ApplyLanes } from './apply-lanes.js';

@Injectable()
@Processes('apply.lanes')
export class ApplyProcessor extends JobProcessor<'apply.lanes'> {
  readonly handles = 'apply.lanes';

  constructor(private readonly lanes: ApplyLanes) {
    super();
  }

  handle(range: JobData<'apply.lanes'>): Promise<void> {
    return this.lanes.drain(range);
  }
}
