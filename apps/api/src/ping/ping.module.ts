import { Module } from '@nestjs/common';
import { AcceptModule } from '#pipeline';
import { PingController } from './ping.controller.js';

/** Signs of life. */
@Module({ imports: [AcceptModule], controllers: [PingController] })
export class PingModule {}
