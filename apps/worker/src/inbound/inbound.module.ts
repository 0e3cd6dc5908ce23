import { Inject, Module } from '@nestjs/common';
import { allowFuture } from '#contracts';
import { AcceptModule, ContactLifeModule, SourcesModule } from '#pipeline';
import { CONFIG, type Config } from '#platform';
import { InboundItems } from './inbound-items.js';
import { InboundProcessor } from './inbound.processor.js';

/** Messages of other services in. */
@Module({
  imports: [AcceptModule, ContactLifeModule, SourcesModule],
  providers: [InboundItems, InboundProcessor],
})
export class InboundModule {
  constructor(@Inject(CONFIG) config: Config) {
    allowFuture(config.MUSTER_MAX_FUTURE);
  }
}
