import { Injectable, Module } from '@nestjs/common';
import { JobProcessor, Processes } from '#queue';

/** PLACEHOLDER until the dispatcher lands. */
@Injectable()
@Processes('deliver.endpoint')
class DeliverProcessor extends JobProcessor<'deliver.endpoint'> {
  readonly handles = 'deliver.endpoint';
  async handle(): Promise<void> {}
}

@Module({ providers: [DeliverProcessor] })
export class DispatcherModule {}
