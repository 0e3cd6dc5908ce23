import { Module } from '@nestjs/common';
import { AcceptModule } from '#pipeline';
import { DataAttributesController } from './data-attributes.controller.js';

@Module({ imports: [AcceptModule], controllers: [DataAttributesController] })
export class DataAttributesModule {}
