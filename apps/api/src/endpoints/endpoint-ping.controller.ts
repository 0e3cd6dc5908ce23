import { Controller, HttpCode, HttpStatus, Param, Post } from '@nestjs/common';
import { ApiAcceptedResponse, ApiTags } from '@nestjs/swagger';
import { EndpointRepository, type WorkspaceKey } from '#database';
import { DomainError } from '#domain';
import { Clock } from '#platform';
import { CurrentWorkspace } from '../http/current-workspace.decorator.js';
import { found, IdPipe } from '../http/id.pipe.js';
import { EndpointPing } from './endpoint-ping.js';

/** Tries an endpoint out. */
@ApiTags('endpoints')
@Controller('endpoints/:id/ping')
export class EndpointPingController {
  constructor(
    private readonly endpoints: EndpointRepository,
    private readonly ping: EndpointPing,
    private readonly clock: Clock,
  ) {}

  /** Sends the endpoint a notification of the topic `ping`. 409 while it is disabled. */
  @Post()
  @HttpCode(HttpStatus.ACCEPTED)
  @ApiAcceptedResponse({ description: 'Accepted; nothing is answered' })
  async create(
    @CurrentWorkspace() { workspaceId }: WorkspaceKey,
    @Param('id', IdPipe) id: string,
  ): Promise<void> {
    const endpoint = found(await this.endpoints.find(workspaceId, id), id);
    if (endpoint.state === 'disabled')
      throw new DomainError('conflict', 'The endpoint is disabled: enable it first');
    await this.ping.send(endpoint, this.clock.now());
  }
}
