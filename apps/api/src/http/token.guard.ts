import { type CanActivate, type ExecutionContext, Injectable } from '@nestjs/common';
import { Reflector } from '@nestjs/core';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { DEFAULT_VERSION, DomainError, parseVersion } from '#domain';
import { AccessTokens } from './access-tokens.js';
import { bearerToken, writeKey } from './credentials.js';
import { Public } from './public.decorator.js';
import { type Allowance, RateLimits, WINDOW_SECONDS } from './rate-limits.js';
import type { OpenedWorkspace } from './remembered-workspaces.js';
import { TakesWriteKeys } from './takes-write-keys.decorator.js';

/**
 * Lets in whoever brings a token, or a write key where one is taken, and has calls left, and notes on the request which workspace the token opens and which
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
    const caller = this.reflector.get(TakesWriteKeys, context.getClass())
      ? await this.openToSend(request)
      : await this.open(request);
    tell(this.limits.count(caller.sha256, caller.workspace.workspaceId), http.getResponse<FastifyReply>());
    const version = request.headers['intercom-version'];
    request.workspace = {
      ...caller.workspace,
      version: typeof version === 'string' ? parseVersion(version) : DEFAULT_VERSION,
    };
    return true;
  }

  private async open(request: FastifyRequest): Promise<OpenedWorkspace> {
    const token = bearerToken(request);
    if (!token)
      throw new DomainError('unauthorized', 'Expected the header "Authorization: Bearer <access token>"');
    return opened(await this.tokens.open(token), 'The access token opens no workspace');
  }

  private async openToSend(request: FastifyRequest): Promise<OpenedWorkspace> {
    const key = bearerToken(request) ?? writeKey(request);
    if (!key) throw new DomainError('unauthorized', WRITE_KEY_EXPECTED);
    return opened(await this.tokens.openToSend(key), 'The write key opens no workspace');
  }
}

const WRITE_KEY_EXPECTED =
  'Expected a write key, as the user name of Basic credentials, as a Bearer token, or as writeKey in the body';

function opened(workspace: OpenedWorkspace | undefined, otherwise: string): OpenedWorkspace {
  if (!workspace) throw new DomainError('token_not_found', otherwise);
  return workspace;
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
