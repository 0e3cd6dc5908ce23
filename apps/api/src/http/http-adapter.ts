import { randomUUID } from 'node:crypto';
import { FastifyAdapter } from '@nestjs/platform-fastify';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { refuseUnstorableText } from '#contracts';
import { DomainError } from '#domain';
import type { Config } from '#platform';
import { errorList } from './error-list.js';
import { isForPages, READABLE_ANYWHERE } from './for-pages.decorator.js';
import { readJsonBodies } from './json-body.js';
import { welcomeSdks } from './spec-requests.js';

/** An external id of 255 characters, every one of them percent-encoded in UTF-8. */
const MAX_PARAMETER = 4096;

/**
 * Fastify with a request id on every answer, JSON bodies only, and nothing unstorable in them or in the URL. What a
 * proxy says of the client's address counts only where the proxy is one of those named.
 */
export function httpAdapter({ MUSTER_TRUST_PROXY = '' }: Pick<Config, 'MUSTER_TRUST_PROXY'>): FastifyAdapter {
  const adapter = new FastifyAdapter({
    genReqId: () => randomUUID(),
    trustProxy: MUSTER_TRUST_PROXY === '' ? false : MUSTER_TRUST_PROXY,
    routerOptions: { maxParamLength: MAX_PARAMETER },
    frameworkErrors: refuseUrl,
  });
  const server = adapter.getInstance();
  server.decorateRequest('workspace');
  server.addHook('onRequest', async (request, reply) => {
    reply.header('x-request-id', request.id);
    if (isForPages(request)) reply.headers(READABLE_ANYWHERE);
  });
  server.addHook('preValidation', async ({ params, query }) => {
    refuseUnstorableText(params);
    refuseUnstorableText(query);
  });
  welcomeSdks(server);
  readJsonBodies(server);
  return adapter;
}

/** The router refuses a malformed URL before any hook runs. */
function refuseUrl(error: Error, request: FastifyRequest, reply: FastifyReply): void {
  const { status, body } = errorList([new DomainError('bad_request', error.message)], request.id);
  void reply.code(status).header('x-request-id', request.id).send(body);
}
