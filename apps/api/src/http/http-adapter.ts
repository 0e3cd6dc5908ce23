import { randomUUID } from 'node:crypto';
import { FastifyAdapter } from '@nestjs/platform-fastify';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { refuseUnstorableText } from '#contracts';
import { DomainError } from '#domain';
import { errorList } from './error-list.js';
import { readJsonBodies } from './json-body.js';
import { welcomeSdks } from './spec-requests.js';

/** An external id of 255 characters, every one of them percent-encoded in UTF-8. */
const MAX_PARAMETER = 4096;

/** Fastify with a request id on every answer, JSON bodies only, and nothing unstorable in them or in the URL. */
export function httpAdapter(): FastifyAdapter {
  const adapter = new FastifyAdapter({
    genReqId: () => randomUUID(),
    routerOptions: { maxParamLength: MAX_PARAMETER },
    frameworkErrors: refuseUrl,
  });
  const server = adapter.getInstance();
  server.decorateRequest('workspace');
  server.addHook('onRequest', async (request, reply) => {
    reply.header('x-request-id', request.id);
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
