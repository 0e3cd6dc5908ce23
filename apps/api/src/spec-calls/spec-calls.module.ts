import { Module } from '@nestjs/common';
import { SourcesModule } from '#pipeline';
import { SpecCallsController } from './spec-calls.controller.js';
import { SpecIntake } from './spec-intake.js';

/** The Segment spec as a source. */
@Module({ imports: [SourcesModule], controllers: [SpecCallsController], providers: [SpecIntake] })
export class SpecCallsModule {}
