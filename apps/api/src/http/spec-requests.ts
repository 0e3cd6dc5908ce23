import type { FastifyInstance, FastifyRequest } from 'fastify';

/** Where the calls of Segment's spec arrive. */
const PATHS = '/v1/';

/** How long a browser need not ask again whether it may call, in seconds. */
const MAX_AGE = 86_400;

/**
 * Lets SDKs of Segment's spec call as they do: from any page, and with JSON under whatever content type their HTTP
 * client, or a browser's beacon, gives it.
 */
export function welcomeSdks(server: FastifyInstance): void {
  server.addHook('onRequest', async (request, reply) => {
    if (!isForSpec(request)) return;
    request.raw.headers['content-type'] = 'application/json';
    reply.header('access-control-allow-origin', '*');
  });
  server.options(`${PATHS}*`, async (_, reply) => {
    reply.headers({
      'access-control-allow-methods': 'POST',
      'access-control-allow-headers': 'authorization, content-type, content-encoding',
      'access-control-max-age': MAX_AGE,
    });
    return reply.code(204).send();
  });
}

/** Whether the request is for a route of the spec. */
export const isForSpec = ({ url }: FastifyRequest): boolean => url.startsWith(PATHS);
