import { createParamDecorator, type ExecutionContext } from '@nestjs/common';
import type { FastifyRequest } from 'fastify';
import type { WorkspaceKey } from '#database';
import type { ApiVersion } from '#domain';

/** Who asks, and in which version of the API. */
export interface Caller extends WorkspaceKey {
  readonly version: ApiVersion;
}

declare module 'fastify' {
  interface FastifyRequest {
    /** The workspace that the request's token opens; set by the token guard. */
    workspace: Caller;
  }
}

/** The workspace that the request's token opens, as a {@link Caller}. */
export const CurrentWorkspace = createParamDecorator(
  (_: unknown, context: ExecutionContext): Caller =>
    context.switchToHttp().getRequest<FastifyRequest>().workspace,
);
