import { Body, Controller, Get, HttpCode, Param, Post, Put } from '@nestjs/common';
import { ApiOkResponse, ApiTags } from '@nestjs/swagger';
import {
  createSubscriptionType,
  type CreateSubscriptionTypeBody,
  subscriptionTypeAnswer,
  subscriptionTypeList,
  updateSubscriptionType,
  type UpdateSubscriptionTypeBody,
} from '#contracts';
import { SubscriptionTypeRepository, type WorkspaceKey } from '#database';
import { given } from '#domain';
import { Clock } from '#platform';
import { CurrentWorkspace } from '../http/current-workspace.decorator.js';
import { foundResource, numberId } from '../http/number-id.js';
import { subscriptionTypeObject } from './subscription-type-object.js';

/** Subscription types: what contacts opt out of, or opt in to. */
@ApiTags('subscription types')
@Controller('subscription_types')
export class SubscriptionTypesController {
  constructor(
    private readonly types: SubscriptionTypeRepository,
    private readonly clock: Clock,
  ) {}

  /** Oldest first. */
  @Get()
  @ApiOkResponse({ standardSchema: subscriptionTypeList })
  async list(@CurrentWorkspace() { workspaceId }: WorkspaceKey) {
    const types = await this.types.list(workspaceId);
    return { type: 'list', data: types.map(subscriptionTypeObject) };
  }

  @Post()
  @HttpCode(200)
  @ApiOkResponse({ standardSchema: subscriptionTypeAnswer })
  async create(
    @CurrentWorkspace() { workspaceId }: WorkspaceKey,
    @Body({ schema: createSubscriptionType }) body: CreateSubscriptionTypeBody,
  ) {
    const { consent_type: consentType, content_types: contentTypes, ...definition } = body;
    const now = this.clock.now();
    return subscriptionTypeObject(
      await this.types.create(workspaceId, { ...definition, consentType, contentTypes }, now),
    );
  }

  /** What contacts decided stays; the consent type counts for those who have not. */
  @Put(':id')
  @ApiOkResponse({ standardSchema: subscriptionTypeAnswer })
  async update(
    @CurrentWorkspace() { workspaceId }: WorkspaceKey,
    @Param('id') id: string,
    @Body({ schema: updateSubscriptionType }) body: UpdateSubscriptionTypeBody,
  ) {
    const { consent_type: consentType, content_types: contentTypes, ...definition } = body;
    const change = given({ ...definition, consentType, contentTypes });
    const type = await this.types.update({ workspaceId, id: numberId(id) }, change, this.clock.now());
    return subscriptionTypeObject(foundResource(type, 'subscription type', id));
  }
}
