import { Module } from '@nestjs/common';
import { AcceptModule } from '#pipeline';
import { ContactAnswers } from './contacts/contact-answers.js';
import { ContactsModule } from './contacts/contacts.module.js';
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
import { VisitorsModule } from './visitors/visitors.module.js';

/** What the api process runs: a controller per noun. */
@Module({
  imports: [HttpModule, HealthModule, AcceptModule, ContactsModule, VisitorsModule],
  controllers: [
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
