import { type CanActivate, type ExecutionContext, Injectable } from '@nestjs/common';
import { Reflector } from '@nestjs/core';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { DEFAULT_VERSION, DomainError, parseVersion } from '#domain';
import { AccessTokens } from './access-tokens.js';
import { Public } from './public.decorator.js';
import { type Allowance, RateLimits, WINDOW_SECONDS } from './rate-limits.js';

const BEARER = /^Bearer +(\S+)$/i;

/**
 * Lets in whoever brings a token and has calls left, and notes on the request which workspace the token opens and which
 * version is asked for.
 */
@Injectable()
export class TokenGuard implements CanActivate {
  constructor(
    private readonly reflector: Reflector,
    private readonly tokens: AccessTokens,
    private readonly limits: RateLimits,
  ) {}

  async canActivate(context: ExecutionContext): Promise<boolean> {
    if (this.reflector.getAllAndOverride(Public, [context.getHandler(), context.getClass()])) return true;
    const http = context.switchToHttp();
    const request = http.getRequest<FastifyRequest>();
    const opened = await this.open(request);
    tell(this.limits.count(opened.sha256, opened.workspace.workspaceId), http.getResponse<FastifyReply>());
    const version = request.headers['intercom-version'];
    request.workspace = {
      ...opened.workspace,
      version: typeof version === 'string' ? parseVersion(version) : DEFAULT_VERSION,
    };
    return true;
  }

  private async open(request: FastifyRequest) {
    const token = BEARER.exec(request.headers.authorization ?? '')?.[1];
    if (!token)
      throw new DomainError('unauthorized', 'Expected the header "Authorization: Bearer <access token>"');
    const opened = await this.tokens.open(token);
    if (!opened) throw new DomainError('token_not_found', 'The access token opens no workspace');
    return opened;
  }
}

/** Every answer to a token says how many calls are left; a refusal, when to come back. Throws `rate_limit_exceeded`. */
export function tell({ limit, remaining, reset, resetIn, exceeded }: Allowance, reply: FastifyReply): void {
  reply.headers({
    'x-ratelimit-limit': limit,
    'x-ratelimit-remaining': remaining,
    'x-ratelimit-reset': reset,
  });
  if (!exceeded) return;
  reply.header('retry-after', resetIn);
  const message = `Exceeded the rate limit of ${limit} in ${WINDOW_SECONDS}_seconds: try again in ${resetIn} s`;
  throw new DomainError('rate_limit_exceeded', message);
}
