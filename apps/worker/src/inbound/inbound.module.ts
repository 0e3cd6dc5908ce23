import { Module } from '@nestjs/common';
import { AcceptModule, ContactLifeModule, SourcesModule } from '#pipeline';
import { InboundItems } from './inbound-items.js';
import { InboundProcessor } from './inbound.processor.js';

/** Messages of other services in. */
@Module({
  imports: [AcceptModule, ContactLifeModule, SourcesModule],
  providers: [InboundItems, InboundProcessor],
})
export class InboundModule {}
