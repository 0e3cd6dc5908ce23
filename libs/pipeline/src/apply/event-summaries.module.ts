import { Module } from '@nestjs/common';
import { EventSummaries } from './event-summaries.js';

/** Event summaries of a batch, for apply and back-fill. */
@Module({ providers: [EventSummaries], exports: [EventSummaries] })
export class EventSummariesModule {}
