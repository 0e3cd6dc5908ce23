import { Module } from '@nestjs/common';
import { AcceptModule } from '#pipeline';
import { ContactsController } from './contacts/contacts.controller.js';
import { EventsController } from './events/events.controller.js';
import { HealthModule } from './health/health.module.js';
import { HttpModule } from './http/http.module.js';
import { PingController } from './ping/ping.controller.js';

/** What the api process runs: a controller per noun over the use cases of accept. */
@Module({
  imports: [HttpModule, HealthModule, AcceptModule],
  controllers: [ContactsController, EventsController, PingController],
})
export class ApiModule {}
