import { createParamDecorator, type ExecutionContext } from '@nestjs/common';
import type { FastifyRequest } from 'fastify';
import type { WorkspaceKey } from '#database';

declare module 'fastify' {
  interface FastifyRequest {
    /** The workspace that the request's token opens; set by the token guard. */
    workspace: WorkspaceKey;
  }
}

/** The workspace that the request's token opens. */
export const CurrentWorkspace = createParamDecorator(
  (_: unknown, context: ExecutionContext): WorkspaceKey =>
    context.switchToHttp().getRequest<FastifyRequest>().workspace,
);
