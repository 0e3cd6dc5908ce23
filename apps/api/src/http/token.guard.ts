import { type CanActivate, type ExecutionContext, Injectable } from '@nestjs/common';
import { Reflector } from '@nestjs/core';
import type { FastifyRequest } from 'fastify';
import { DEFAULT_VERSION, DomainError, parseVersion } from '#domain';
import { AccessTokens } from './access-tokens.js';
import { Public } from './public.decorator.js';

const BEARER = /^Bearer +(\S+)$/i;

/** Lets in whoever brings a token, and notes on the request which workspace it opens and which version is asked for. */
@Injectable()
export class TokenGuard implements CanActivate {
  constructor(
    private readonly reflector: Reflector,
    private readonly tokens: AccessTokens,
  ) {}

  async canActivate(context: ExecutionContext): Promise<boolean> {
    if (this.reflector.getAllAndOverride(Public, [context.getHandler(), context.getClass()])) return true;
    const request = context.switchToHttp().getRequest<FastifyRequest>();
    const token = BEARER.exec(request.headers.authorization ?? '')?.[1];
    if (!token)
      throw new DomainError('unauthorized', 'Expected the header "Authorization: Bearer <access token>"');
    const workspace = await this.tokens.workspaceOf(token);
    if (!workspace) throw new DomainError('token_not_found', 'The access token opens no workspace');
    const version = request.headers['intercom-version'];
    request.workspace = {
      ...workspace,
      version: typeof version === 'string' ? parseVersion(version) : DEFAULT_VERSION,
    };
    return true;
  }
}
