import { Body, Controller, HttpCode, Param, Post, Req } from '@nestjs/common';
import { ApiOkResponse, ApiParam, ApiTags } from '@nestjs/swagger';
import type { FastifyRequest } from 'fastify';
import {
  CALLS,
  type CallType,
  specAnswer,
  specBatch,
  specBatchAnswer,
  type SpecBatchAnswer,
  type SpecBatchBody,
} from '#contracts';
import type { WorkspaceKey } from '#database';
import { DomainError, InvalidInput } from '#domain';
import { CurrentWorkspace } from '../http/current-workspace.decorator.js';
import { TakesWriteKeys } from '../http/takes-write-keys.decorator.js';
import { batchAnswer, leftOutOf } from './spec-report.js';
import { type Sent, SpecIntake } from './spec-intake.js';

/** By path, also by the short ones that Segment's browser library has. */
const TYPES = new Map<string, CallType>(
  CALLS.flatMap((type) => [
    [type, type],
    [type.slice(0, 1), type],
  ]),
);

/** What SDKs of Segment's spec send, RudderStack's among them. */
@ApiTags('Segment spec')
@TakesWriteKeys()
@Controller('v1')
export class SpecCallsController {
  constructor(private readonly intake: SpecIntake) {}

  /** Each call is accepted or refused by itself. */
  @Post(['batch', 'b', 'import'])
  @HttpCode(200)
  @ApiOkResponse({ standardSchema: specBatchAnswer })
  async batch(
    @CurrentWorkspace() { workspaceId }: WorkspaceKey,
    @Body({ schema: specBatch }) { batch, context, sentAt }: SpecBatchBody,
    @Req() request: FastifyRequest,
  ): Promise<SpecBatchAnswer> {
    const calls = Object.keys(context).length === 0 ? batch : batch.map((call) => within(context, call));
    const outcomes = await this.intake.take(workspaceId, calls, { ...sentBy(request), sentAt });
    return batchAnswer(outcomes, batch.map(messageIdOf));
  }

  /** One call, refused with 400. */
  @Post(':call')
  @HttpCode(200)
  @ApiParam({ name: 'call', enum: CALLS })
  @ApiOkResponse({ standardSchema: specAnswer })
  async one(
    @CurrentWorkspace() { workspaceId }: WorkspaceKey,
    @Param('call') path: string,
    @Body() body: unknown,
    @Req() request: FastifyRequest,
  ) {
    const type = TYPES.get(path);
    if (!type)
      throw new DomainError('not_found', `There is no /v1/${path}: the calls are ${CALLS.join(', ')}`);
    const call = typeof body === 'object' && body !== null ? { ...body, type } : body;
    const outcomes = await this.intake.take(workspaceId, [call], sentBy(request));
    const errors = outcomes.flatMap((outcome) => outcome.errors);
    if (errors.length > 0) throw new InvalidInput(errors);
    return { success: true, ...leftOutOf(outcomes) };
  }
}

const sentBy = ({ ip, headers, mayBeUnstorable }: FastifyRequest): Sent => ({
  sender: { ip, userAgent: headers['user-agent'] },
  mayBeUnstorable,
});

/** The context of a batch is that of its calls. */
function within(context: object, call: unknown): unknown {
  if (typeof call !== 'object' || call === null) return call;
  const own = 'context' in call && typeof call.context === 'object' ? call.context : {};
  return { ...call, context: { ...context, ...own } };
}

const messageIdOf = (call: unknown): unknown =>
  typeof call === 'object' && call !== null && 'messageId' in call ? call.messageId : undefined;
