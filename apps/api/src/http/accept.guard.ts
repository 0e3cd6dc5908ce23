import { type CanActivate, type ExecutionContext, Injectable } from '@nestjs/common';
import type { FastifyRequest } from 'fastify';
import { DomainError } from '#domain';

const JSON_RANGE = /^(?:\*\/\*|application\/(?:\*|json))$/i;
const REFUSED = /;\s*q=0(?:\.0*)?\s*(?:;|$)/i;

/** Refuses a caller who says that it cannot read JSON, for there is nothing else to answer with. */
@Injectable()
export class AcceptGuard implements CanActivate {
  canActivate(context: ExecutionContext): boolean {
    const { accept } = context.switchToHttp().getRequest<FastifyRequest>().headers;
    if (acceptsJson(accept)) return true;
    throw new DomainError(
      'media_type_not_acceptable',
      'Answers are application/json: the Accept header excludes it',
    );
  }
}

/** Whether an Accept header allows JSON; without one everything is allowed. */
export function acceptsJson(accept: string | undefined): boolean {
  if (!accept || accept === '*/*') return true;
  return accept
    .split(',')
    .some((range) => JSON_RANGE.test(range.split(';', 1)[0]?.trim() ?? '') && !REFUSED.test(range));
}
