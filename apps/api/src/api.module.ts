import { Module } from '@nestjs/common';
import { AcceptModule } from '#pipeline';
import { AdminsModule } from './admins/admins.module.js';
import { CompaniesModule } from './companies/companies.module.js';
import { ContactSearchModule } from './contact-search/contact-search.module.js';
import { ContactAnswers } from './contacts/contact-answers.js';
import { ContactsModule } from './contacts/contacts.module.js';
import { DataAttributesModule } from './data-attributes/data-attributes.module.js';
import { DeliveriesController } from './deliveries/deliveries.controller.js';
import { EndpointPingController } from './endpoints/endpoint-ping.controller.js';
import { EndpointPing } from './endpoints/endpoint-ping.js';
import { EndpointsController } from './endpoints/endpoints.controller.js';
import { EventsModule } from './events/events.module.js';
import { ExportsModule } from './exports/exports.module.js';
import { HealthModule } from './health/health.module.js';
import { HttpModule } from './http/http.module.js';
import { NotesModule } from './notes/notes.module.js';
import { PingController } from './ping/ping.controller.js';
import { ProfilesModule } from './profiles/profiles.module.js';
import { ContactSegmentsController } from './segments/contact-segments.controller.js';
import { SegmentMembersController } from './segments/segment-members.controller.js';
import { SegmentsController } from './segments/segments.controller.js';
import { SubscriptionTypesModule } from './subscription-types/subscription-types.module.js';
import { TagsModule } from './tags/tags.module.js';
import { UsersModule } from './users/users.module.js';
import { VisitorsModule } from './visitors/visitors.module.js';
import { WorkspaceModule } from './workspace/workspace.module.js';

/** What the api process runs: a module or a controller per noun. */
@Module({
  imports: [
    HttpModule,
    HealthModule,
    AcceptModule,
    AdminsModule,
    NotesModule,
    SubscriptionTypesModule,
    TagsModule,
    ProfilesModule,
    DataAttributesModule,
    WorkspaceModule,
    EventsModule,
    ExportsModule,
    CompaniesModule,
    ContactsModule,
    VisitorsModule,
    UsersModule,
    ContactSearchModule,
  ],
  controllers: [
    ContactSegmentsController,
    DeliveriesController,
    EndpointPingController,
    EndpointsController,
    PingController,
    SegmentMembersController,
    SegmentsController,
  ],
  providers: [ContactAnswers, EndpointPing],
})
export class ApiModule {}
