import { Module } from '@nestjs/common';
import { ActivitiesModule } from './activities/activities.module.js';
import { AdminsModule } from './admins/admins.module.js';
import { CompaniesModule } from './companies/companies.module.js';
import { ContactSearchModule } from './contact-search/contact-search.module.js';
import { ContactsModule } from './contacts/contacts.module.js';
import { DataAttributesModule } from './data-attributes/data-attributes.module.js';
import { DeliveriesModule } from './deliveries/deliveries.module.js';
import { EndpointsModule } from './endpoints/endpoints.module.js';
import { EventsModule } from './events/events.module.js';
import { ExportsModule } from './exports/exports.module.js';
import { HealthModule } from './health/health.module.js';
import { HttpModule } from './http/http.module.js';
import { IdentityModule } from './identity/identity.module.js';
import { MessengerModule } from './messenger/messenger.module.js';
import { NotesModule } from './notes/notes.module.js';
import { PingModule } from './ping/ping.module.js';
import { ProfilesModule } from './profiles/profiles.module.js';
import { SegmentsModule } from './segments/segments.module.js';
import { SnippetModule } from './snippet/snippet.module.js';
import { SubscriptionTypesModule } from './subscription-types/subscription-types.module.js';
import { TagsModule } from './tags/tags.module.js';
import { TimelineModule } from './timeline/timeline.module.js';
import { UsersModule } from './users/users.module.js';
import { VisitorsModule } from './visitors/visitors.module.js';
import { SpecCallsModule } from './spec-calls/spec-calls.module.js';
import { WorkspaceModule } from './workspace/workspace.module.js';
import { WriteKeysModule } from './write-keys/write-keys.module.js';

/** What the api process runs: a module per noun. */
@Module({
  imports: [
    HttpModule,
    HealthModule,
    ContactsModule,
    ContactSearchModule,
    VisitorsModule,
    UsersModule,
    ProfilesModule,
    DataAttributesModule,
    WorkspaceModule,
    CompaniesModule,
    TagsModule,
    TimelineModule,
    NotesModule,
    SubscriptionTypesModule,
    AdminsModule,
    EventsModule,
    ActivitiesModule,
    PingModule,
    SegmentsModule,
    EndpointsModule,
    DeliveriesModule,
    ExportsModule,
    SpecCallsModule,
    WriteKeysModule,
    IdentityModule,
    MessengerModule,
    SnippetModule,
  ],
})
export class ApiModule {}
