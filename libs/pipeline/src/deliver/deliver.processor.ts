import { Injectable } from '@nestjs/common';
import { type JobData, JobProcessor, Processes } from '#queue';
import { DeliverService } from './deliver.service.js';

@Injectable()
@Processes('deliver.endpoint')
export class DeliverProcessor extends JobProcessor<'deliver.endpoint'> {
  readonly handles = 'deliver.endpoint';

  constructor(private readonly service: DeliverService) {
    super();
  }

  handle({ endpointId }: JobData<'deliver.endpoint'>): Promise<void> {
    return this.service.drain(endpointId);
  }
}
