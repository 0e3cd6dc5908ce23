import { randomBytes } from 'node:crypto';
import { Body, Controller, Delete, Get, HttpCode, Param, Post, Put } from '@nestjs/common';
import { ApiOkResponse, ApiTags } from '@nestjs/swagger';
import {
  createdEndpoint,
  createEndpoint,
  type CreateEndpointBody,
  deletedAnswer,
  endpointAnswer,
  endpointList,
  updateEndpoint,
  type UpdateEndpointBody,
} from '#contracts';
import { EndpointRepository, type WorkspaceKey } from '#database';
import { formatSecret, given, SIGNING_KEY_BYTES } from '#domain';
import { Clock, Ids, SecretBox } from '#platform';
import { CurrentWorkspace } from '../http/current-workspace.decorator.js';
import { found, IdPipe } from '../http/id.pipe.js';
import { endpointObject } from './endpoint-object.js';

/** Where notifications go. */
@ApiTags('endpoints')
@Controller('endpoints')
export class EndpointsController {
  constructor(
    private readonly endpoints: EndpointRepository,
    private readonly secrets: SecretBox,
    private readonly clock: Clock,
    private readonly ids: Ids,
  ) {}

  /** Answers with the signing secret, this once. */
  @Post()
  @HttpCode(200)
  @ApiOkResponse({ standardSchema: createdEndpoint })
  async create(
    @CurrentWorkspace() { workspaceId }: WorkspaceKey,
    @Body({ schema: createEndpoint }) body: CreateEndpointBody,
  ) {
    const id = this.ids.next();
    const key = randomBytes(SIGNING_KEY_BYTES);
    const secret = this.secrets.seal(key, id);
    const endpoint = await this.endpoints.create({ id, workspaceId, secret, ...body }, this.clock.now());
    return { ...endpointObject(endpoint), secret: formatSecret(key) };
  }

  @Get()
  @ApiOkResponse({ standardSchema: endpointList })
  async list(@CurrentWorkspace() { workspaceId }: WorkspaceKey) {
    const endpoints = await this.endpoints.list(workspaceId);
    return { type: 'list', data: endpoints.map(endpointObject) };
  }

  @Get(':id')
  @ApiOkResponse({ standardSchema: endpointAnswer })
  async find(@CurrentWorkspace() { workspaceId }: WorkspaceKey, @Param('id', IdPipe) id: string) {
    return endpointObject(found(await this.endpoints.find(workspaceId, id), id));
  }

  /** Tries a blocked endpoint again at once; `state: "enabled"` takes a disabled one back into service. */
  @Put(':id')
  @ApiOkResponse({ standardSchema: endpointAnswer })
  async update(
    @CurrentWorkspace() { workspaceId }: WorkspaceKey,
    @Param('id', IdPipe) id: string,
    @Body({ schema: updateEndpoint }) body: UpdateEndpointBody,
  ) {
    const endpoint = await this.endpoints.update(workspaceId, id, given(body), this.clock.now());
    return endpointObject(found(endpoint, id));
  }

  @Delete(':id')
  @ApiOkResponse({ standardSchema: deletedAnswer })
  async remove(@CurrentWorkspace() { workspaceId }: WorkspaceKey, @Param('id', IdPipe) id: string) {
    const removed = await this.endpoints.remove(workspaceId, id, this.clock.now());
    found(removed || undefined, id);
    return { type: 'endpoint', id, deleted: true };
  }
}
