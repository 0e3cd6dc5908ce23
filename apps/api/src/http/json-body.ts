import { isUtf8 } from 'node:buffer';
import { gunzip } from 'node:zlib';
import type { FastifyBodyParser, FastifyInstance, FastifyRequest } from 'fastify';
import { mayHoldUnstorableText, refuseUnstorableText } from '#contracts';
import { DomainError } from '#domain';
import { isForPages } from './for-pages.decorator.js';
import { isForSpec } from './spec-requests.js';

declare module 'fastify' {
  interface FastifyRequest {
    /** Whether the body may have text that could not be stored as it was sent. */
    mayBeUnstorable: boolean;
  }
}

/** Bodies larger than this, before or after they are inflated, are refused with 413. */
const BODY_LIMIT = 1_048_576;

/** JSON is all that is read, gzipped or not, from pages under the name of plain text too. A body that is absent is read as `{}`, so that what it lacks is named. */
export function readJsonBodies(server: FastifyInstance): void {
  const read = server.getDefaultJsonParser('error', 'ignore');
  server.decorateRequest('mayBeUnstorable', false);
  server.removeAllContentTypeParsers();
  const parse: FastifyBodyParser<Buffer> = (request, body, done) => {
    if (body.length === 0) return done(null, {});
    if (!isUtf8(body)) return done(new DomainError('bad_request', 'The body is not valid UTF-8'));
    const json = body.toString('utf8');
    void read(request, json, (error, value: unknown) => done(error ?? checked(request, json, value), value));
  };
  const parser: FastifyBodyParser<Buffer> = (request, body, done) => {
    const encoding = request.headers['content-encoding'] ?? 'identity';
    if (encoding === 'identity') return parse(request, body, done);
    if (encoding !== 'gzip') return done(new DomainError('unsupported', `Content-Encoding: expected gzip`));
    gunzip(body, { maxOutputLength: BODY_LIMIT }, (error, inflated) =>
      error ? done(refusalOf(error)) : parse(request, inflated, done),
    );
  };
  const options = { parseAs: 'buffer', bodyLimit: BODY_LIMIT } as const;
  server.addContentTypeParser('application/json', options, parser);
  server.addContentTypeParser('text/plain', options, (request, body: Buffer, done) => {
    if (isForPages(request)) return parser(request, body, done);
    done(new DomainError('unsupported', 'Unsupported Media Type: text/plain; send application/json'));
  });
}

/** Inflating stops where the limit is passed. */
function refusalOf({ code }: NodeJS.ErrnoException): DomainError {
  return code === 'ERR_BUFFER_TOO_LARGE'
    ? new DomainError('payload_too_large', 'The body is too large once it is inflated')
    : new DomainError('bad_request', 'The body is not gzip, as its Content-Encoding says');
}

/** Calls of Segment's spec are looked at one by one, where they are read. */
function checked(request: FastifyRequest, json: string, value: unknown): Error | null {
  request.mayBeUnstorable = mayHoldUnstorableText(json);
  if (!request.mayBeUnstorable || isForSpec(request)) return null;
  try {
    refuseUnstorableText(value);
    return null;
  } catch (error) {
    return error as Error;
  }
}
