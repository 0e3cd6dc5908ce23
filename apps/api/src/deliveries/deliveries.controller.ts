import { Controller, Get, HttpCode, HttpStatus, Param, Post, Query } from '@nestjs/common';
import { ApiAcceptedResponse, ApiOkResponse, ApiTags } from '@nestjs/swagger';
import {
  deliveryAnswer,
  deliveryList,
  deliveryWithAttempts,
  listDeliveries,
  type ListDeliveriesQuery,
} from '#contracts';
import { DeliveryLogRepository, type WorkspaceKey } from '#database';
import { JobProducer } from '#queue';
import { CurrentWorkspace } from '../http/current-workspace.decorator.js';
import { found, IdPipe } from '../http/id.pipe.js';
import { pageOf } from '../http/page.js';
import { attemptObject, deliveryObject } from './delivery-object.js';

/** What was sent, when, and what came of it. */
@ApiTags('deliveries')
@Controller('deliveries')
export class DeliveriesController {
  constructor(
    private readonly deliveries: DeliveryLogRepository,
    private readonly jobs: JobProducer,
  ) {}

  /** Newest first. */
  @Get()
  @ApiOkResponse({ standardSchema: deliveryList })
  async list(
    @CurrentWorkspace() { workspaceId }: WorkspaceKey,
    @Query({ schema: listDeliveries }) query: ListDeliveriesQuery,
  ) {
    const { endpoint_id: endpointId, state, topic, starting_after: before, per_page: perPage } = query;
    const filter = { workspaceId, endpointId, state, topic, before };
    const { data, pages } = pageOf(await this.deliveries.list(filter, perPage + 1), perPage);
    return { type: 'list', data: data.map(deliveryObject), pages };
  }

  @Get(':id')
  @ApiOkResponse({ standardSchema: deliveryWithAttempts })
  async find(@CurrentWorkspace() { workspaceId }: WorkspaceKey, @Param('id', IdPipe) id: string) {
    const delivery = found(await this.deliveries.find(workspaceId, id), id);
    const attempts = await this.deliveries.attempts(delivery);
    return { ...deliveryObject(delivery), attempts: attempts.map(attemptObject) };
  }

  /** Makes the delivery due now, whatever became of it. 409 while an attempt is in flight. */
  @Post(':id/retry')
  @HttpCode(HttpStatus.ACCEPTED)
  @ApiAcceptedResponse({ standardSchema: deliveryAnswer })
  async retry(@CurrentWorkspace() { workspaceId }: WorkspaceKey, @Param('id', IdPipe) id: string) {
    const delivery = await this.deliveries.retry(workspaceId, id);
    this.jobs.hint('deliver.endpoint', { endpointId: delivery.endpointId });
    return deliveryObject(delivery);
  }
}
