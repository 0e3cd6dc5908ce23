import { Module } from '@nestjs/common';
import { AcceptModule } from '#pipeline';
import { EventHistoryController } from './event-history.controller.js';
import { EventsController } from './events.controller.js';

/** What contacts did, in and out. */
@Module({ imports: [AcceptModule], controllers: [EventHistoryController, EventsController] })
export class EventsModule {}
