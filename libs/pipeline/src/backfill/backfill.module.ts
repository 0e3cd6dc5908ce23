import { Module } from '@nestjs/common';
import { EventSummariesModule } from '../apply/event-summaries.module.js';
import { BackfillPage } from './backfill-page.js';
import { BackfillProcessor } from './backfill.processor.js';
import { BackfillService } from './backfill.service.js';

/** A new or changed rule, against every contact. */
@Module({
  imports: [EventSummariesModule],
  providers: [BackfillPage, BackfillProcessor, BackfillService],
})
export class BackfillModule {}
