import { Module } from '@nestjs/common';
import { EndpointPingController } from './endpoint-ping.controller.js';
import { EndpointPing } from './endpoint-ping.js';
import { EndpointsController } from './endpoints.controller.js';

/** Where notifications go. */
@Module({ controllers: [EndpointPingController, EndpointsController], providers: [EndpointPing] })
export class EndpointsModule {}
