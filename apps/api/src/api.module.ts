import { Module } from '@nestjs/common';
import { AcceptModule } from '#pipeline';
import { ContactSearchModule } from './contact-search/contact-search.module.js';
import { ContactAnswers } from './contacts/contact-answers.js';
import { ContactsController } from './contacts/contacts.controller.js';
import { DeliveriesController } from './deliveries/deliveries.controller.js';
import { EndpointPing } from './endpoints/endpoint-ping.js';
import { EndpointPingController } from './endpoints/endpoint-ping.controller.js';
import { EndpointsController } from './endpoints/endpoints.controller.js';
import { EventsController } from './events/events.controller.js';
import { HealthModule } from './health/health.module.js';
import { HttpModule } from './http/http.module.js';
import { PingController } from './ping/ping.controller.js';
import { SegmentMembersController } from './segments/segment-members.controller.js';
import { SegmentsController } from './segments/segments.controller.js';

/** What the api process runs: a controller per noun. */
@Module({
  imports: [HttpModule, HealthModule, AcceptModule, ContactSearchModule],
  controllers: [
    ContactsController,
    DeliveriesController,
    EndpointPingController,
    EndpointsController,
    EventsController,
    PingController,
    SegmentMembersController,
    SegmentsController,
  ],
  providers: [ContactAnswers, EndpointPing],
})
export class ApiModule {}
