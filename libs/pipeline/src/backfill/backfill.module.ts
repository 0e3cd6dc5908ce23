import { Module } from '@nestjs/common';
import { EventSummaries } from '../apply/event-summaries.js';
import { BackfillPage } from './backfill-page.js';
import { BackfillProcessor } from './backfill.processor.js';
import { BackfillService } from './backfill.service.js';

/** A new or changed rule, against every contact. */
@Module({ providers: [BackfillPage, BackfillProcessor, BackfillService, EventSummaries] })
export class BackfillModule {}
