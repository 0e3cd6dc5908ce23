import type { FastifyRequest } from 'fastify';

const BEARER = /^Bearer +(\S+)$/i;
const BASIC = /^Basic +(\S+)$/i;

export function bearerToken({ headers }: Pick<FastifyRequest, 'headers'>): string | undefined {
  return BEARER.exec(headers.authorization ?? '')?.[1];
}

/**
 * How SDKs of Segment's spec send their write key: as the user name of Basic credentials, or in the body where there is
 * no Authorization header.
 */
export function writeKey({ headers, body }: Pick<FastifyRequest, 'headers' | 'body'>): string | undefined {
  const basic = BASIC.exec(headers.authorization ?? '')?.[1];
  if (basic !== undefined) return Buffer.from(basic, 'base64').toString('utf8').split(':', 1)[0] || undefined;
  if (headers.authorization !== undefined || typeof body !== 'object' || body === null) return undefined;
  const told = 'writeKey' in body ? body.writeKey : undefined;
  return typeof told === 'string' && told !== '' ? told : undefined;
}
