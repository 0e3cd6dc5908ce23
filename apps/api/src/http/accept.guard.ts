import { type CanActivate, type ExecutionContext, Injectable } from '@nestjs/common';
import { Reflector } from '@nestjs/core';
import type { FastifyRequest } from 'fastify';
import { DomainError } from '#domain';
import { Produces } from './produces.decorator.js';

const JSON_TYPE = 'application/json';
const REFUSED = /;\s*q=0(?:\.0*)?\s*(?:;|$)/i;

/** Refuses a caller who says that it cannot read the answer: JSON, unless the route produces something else. */
@Injectable()
export class AcceptGuard implements CanActivate {
  constructor(private readonly reflector: Reflector) {}

  canActivate(context: ExecutionContext): boolean {
    const { accept } = context.switchToHttp().getRequest<FastifyRequest>().headers;
    const type = this.reflector.get(Produces, context.getHandler()) ?? JSON_TYPE;
    if (accepts(accept, type)) return true;
    const message = `Answers are ${type}: the Accept header excludes it`;
    throw new DomainError('media_type_not_acceptable', message);
  }
}

/** Whether an Accept header allows a type; without one everything is allowed. */
function accepts(accept: string | undefined, type: string): boolean {
  if (!accept || accept === '*/*') return true;
  const ranges = ['*/*', `${type.split('/', 1)[0]}/*`, type];
  const names = (range: string) => ranges.includes((range.split(';', 1)[0] ?? '').trim().toLowerCase());
  return accept.split(',').some((range) => names(range) && !REFUSED.test(range));
}
