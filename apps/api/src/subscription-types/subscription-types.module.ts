import { Module } from '@nestjs/common';
import { AcceptModule } from '#pipeline';
import { ContactSubscriptionsController } from './contact-subscriptions.controller.js';
import { SubscriptionTypesController } from './subscription-types.controller.js';

/** Kinds of messages, and who wants them. */
@Module({
  imports: [AcceptModule],
  controllers: [ContactSubscriptionsController, SubscriptionTypesController],
})
export class SubscriptionTypesModule {}
