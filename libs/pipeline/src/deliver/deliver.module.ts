import { Module } from '@nestjs/common';
import { Attempter } from './attempter.js';
import { DeliverProcessor } from './deliver.processor.js';
import { DeliverService } from './deliver.service.js';
import { DeliverSweeper } from './deliver-sweeper.js';
import { InFlight } from './in-flight.js';
import { OutcomeWriter } from './outcome-writer.js';
import { Windows } from './windows.js';

/** Deliveries that are due in; requests to endpoints, and what came of them, out. */
@Module({
  providers: [Attempter, DeliverProcessor, DeliverService, DeliverSweeper, InFlight, OutcomeWriter, Windows],
})
export class DeliverModule {}
