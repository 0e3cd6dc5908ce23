import { Body, Controller, Delete, Get, HttpCode, Param, Post } from '@nestjs/common';
import { ApiOkResponse, ApiTags } from '@nestjs/swagger';
import {
  attachSubscription,
  type AttachSubscriptionBody,
  subscriptionTypeAnswer,
  subscriptionTypeList,
} from '#contracts';
import { ContactSubscriptionRepository, SubscriptionTypeRepository, type WorkspaceKey } from '#database';
import { ContactFinder } from '#pipeline';
import { Clock } from '#platform';
import { ContactIdPipe } from '../contacts/contact-id.pipe.js';
import { CurrentWorkspace } from '../http/current-workspace.decorator.js';
import { foundResource, numberId, resourceNotFound } from '../http/number-id.js';
import { subscriptionTypeObject } from './subscription-type-object.js';

/** What one contact decided on subscription types. */
@ApiTags('subscription types')
@Controller('contacts/:contact_id/subscriptions')
export class ContactSubscriptionsController {
  constructor(
    private readonly contacts: ContactFinder,
    private readonly types: SubscriptionTypeRepository,
    private readonly subscriptions: ContactSubscriptionRepository,
    private readonly clock: Clock,
  ) {}

  /** Those that the contact decided on, in the order in which it did. */
  @Get()
  @ApiOkResponse({ standardSchema: subscriptionTypeList })
  async list(@CurrentWorkspace() { workspaceId }: WorkspaceKey, @Param('contact_id') contactId: string) {
    const { id } = await this.contacts.find(workspaceId, contactId);
    const decided = await this.subscriptions.list(workspaceId, id);
    return { type: 'list', data: decided.map(subscriptionTypeObject) };
  }

  /** The latest decision counts. */
  @Post()
  @HttpCode(200)
  @ApiOkResponse({ standardSchema: subscriptionTypeAnswer })
  async attach(
    @CurrentWorkspace() { workspaceId }: WorkspaceKey,
    @Param('contact_id', ContactIdPipe) contactId: string,
    @Body({ schema: attachSubscription }) { id, consent_type: consentType }: AttachSubscriptionBody,
  ) {
    const key = { workspaceId, contactId, typeId: numberId(id) };
    const decided = await this.subscriptions.decide(key, consentType, this.clock.now());
    if (decided) return subscriptionTypeObject(decided);
    await this.contacts.find(workspaceId, contactId);
    throw resourceNotFound('subscription type', id);
  }

  /** The contact is undecided again, as it may have been before. Answers with the type and its own consent type. */
  @Delete(':id')
  @ApiOkResponse({ standardSchema: subscriptionTypeAnswer })
  async detach(
    @CurrentWorkspace() { workspaceId }: WorkspaceKey,
    @Param('contact_id', ContactIdPipe) contactId: string,
    @Param('id') id: string,
  ) {
    await this.contacts.find(workspaceId, contactId);
    const typeId = numberId(id);
    await this.subscriptions.forget({ workspaceId, contactId, typeId });
    const type = await this.types.find(workspaceId, typeId);
    return subscriptionTypeObject(foundResource(type, 'subscription type', id));
  }
}
