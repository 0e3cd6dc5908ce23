import { Module } from '@nestjs/common';
import { SourcesModule } from '#pipeline';
import { ActivitiesController } from './activities.controller.js';

/** Signs of life, with all that is known of them. */
@Module({ imports: [SourcesModule], controllers: [ActivitiesController] })
export class ActivitiesModule {}
