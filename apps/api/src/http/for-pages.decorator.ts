import { RouteConfig } from '@nestjs/platform-fastify';
import type { FastifyRequest } from 'fastify';

declare module 'fastify' {
  interface FastifyContextConfig {
    forPages?: boolean;
  }
}

/** What lets the pages of any origin read an answer, and see in it when to come back. No cookie is ever taken. */
export const READABLE_ANYWHERE = {
  'access-control-allow-origin': '*',
  'access-control-expose-headers': 'retry-after, x-request-id',
  'cross-origin-resource-policy': 'cross-origin',
} as const;

/**
 * Marks a route that pages of other origins call. Its JSON may come as plain text, which browsers send without asking
 * first, and beacons cannot send otherwise.
 */
export const ForPages = (): MethodDecorator => RouteConfig({ forPages: true });

export const isForPages = (request: FastifyRequest): boolean => request.routeOptions.config.forPages === true;
