import { Module } from '@nestjs/common';
import { DeliveriesController } from './deliveries.controller.js';

/** What became of notifications. */
@Module({ controllers: [DeliveriesController] })
export class DeliveriesModule {}
