import { Body, Controller, Get, HttpCode, Post, Put, Query } from '@nestjs/common';
import { ApiOkResponse, ApiTags } from '@nestjs/swagger';
import {
  contactAnswer,
  convertVisitor,
  type ConvertVisitorBody,
  findVisitor,
  type FindVisitorQuery,
  updateVisitor,
  type UpdateVisitorBody,
  visitorAnswer,
  writtenAttributes,
} from '#contracts';
import type { WorkspaceKey } from '#database';
import { visitorObject } from '#domain';
import { CustomAttributes, VisitorConversion, type VisitorReference, VisitorService } from '#pipeline';
import { withWarnings } from '../http/warnings.js';
import { ContactAnswers } from '../contacts/contact-answers.js';
import { type Caller, CurrentWorkspace } from '../http/current-workspace.decorator.js';

/** Visitors, in the shape of version 1 that Intercom keeps for them. */
@ApiTags('visitors')
@Controller('visitors')
export class VisitorsController {
  constructor(
    private readonly visitors: VisitorService,
    private readonly conversion: VisitorConversion,
    private readonly answers: ContactAnswers,
    private readonly customAttributes: CustomAttributes,
  ) {}

  @Get()
  @ApiOkResponse({ standardSchema: visitorAnswer })
  async find(
    @CurrentWorkspace() { workspaceId, appId }: WorkspaceKey,
    @Query({ schema: findVisitor }) query: FindVisitorQuery,
  ) {
    return visitorObject(await this.visitors.find(workspaceId, referenceOf(query)), appId);
  }

  /** Creates none: visitors come to be where they visit. */
  @Put()
  @ApiOkResponse({ standardSchema: visitorAnswer })
  async update(
    @CurrentWorkspace() { workspaceId, appId }: WorkspaceKey,
    @Body({ schema: updateVisitor }) { id, user_id, ...written }: UpdateVisitorBody,
  ) {
    const reference = referenceOf({ id, user_id });
    const model = { workspaceId, model: 'contact' } as const;
    const admitted = await this.customAttributes.admit(model, writtenAttributes(written));
    const visitor = await this.visitors.update(workspaceId, reference, admitted.written);
    return withWarnings(visitorObject(visitor, appId), admitted.warnings);
  }

  /** Answers with the contact that the visitor was merged into, or became. */
  @Post('convert')
  @HttpCode(200)
  @ApiOkResponse({ standardSchema: contactAnswer })
  async convert(
    @CurrentWorkspace() caller: Caller,
    @Body({ schema: convertVisitor }) { type: role, user, visitor }: ConvertVisitorBody,
  ) {
    const { id, user_id: externalId, email } = user;
    const conversion = { role, user: { id, externalId, email }, visitor: referenceOf(visitor) };
    return this.answers.one(caller, await this.conversion.convert(caller.workspaceId, conversion));
  }
}

/** The first of id, user_id and email that is given: the contract makes sure that one is. */
function referenceOf({ id, user_id, email = '' }: ConvertVisitorBody['visitor']): VisitorReference {
  if (id !== undefined) return { id };
  return user_id === undefined ? { email } : { user_id };
}
