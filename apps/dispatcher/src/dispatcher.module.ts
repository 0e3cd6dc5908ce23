import { Module } from '@nestjs/common';
import { DeliverModule } from '#pipeline';

/** What the dispatcher runs. */
@Module({ imports: [DeliverModule] })
export class DispatcherModule {}
