import { Injectable, type OnApplicationBootstrap, type OnModuleDestroy } from '@nestjs/common';
import { DeliveryRepository } from '#database';
import { Logger, Loop } from '#platform';
import { JobProducer } from '#queue';
import { DeliverService } from './deliver.service.js';

/** Half a second to a second between sweeps, so that processes do not sweep in step. */
const restMs = (): number => 500 + Math.random() * 500;

/** What has been due for longer than this is delivered here and now, whatever the queue says, in seconds. */
const OVERDUE = 2;

/** Endpoints of one sweep. */
const PAGE = 1_000;

/** Deliveries of removed endpoints that one sweep ends. */
const BURIED = 10_000;

/** Finds endpoints with deliveries that are due: retries, and those whose hint was lost or whose dispatcher died. */
@Injectable()
export class DeliverSweeper implements OnApplicationBootstrap, OnModuleDestroy {
  private readonly loop: Loop;

  constructor(
    private readonly deliveries: DeliveryRepository,
    private readonly service: DeliverService,
    private readonly producer: JobProducer,
    logger: Logger,
  ) {
    this.loop = new Loop('deliver sweep', () => this.sweep(), logger);
  }

  onApplicationBootstrap(): void {
    this.loop.start();
  }

  onModuleDestroy(): Promise<void> {
    return this.loop.stop();
  }

  private async sweep(): Promise<number> {
    await this.deliveries.buryRemoved(BURIED);
    for (const { endpointId, waited } of await this.deliveries.dueEndpoints(PAGE)) {
      if (waited > OVERDUE) await this.service.drain(endpointId);
      else if (!this.service.isDraining(endpointId)) this.producer.hint('deliver.endpoint', { endpointId });
    }
    return restMs();
  }
}
