import { isUtf8 } from 'node:buffer';
import type { FastifyBodyParser, FastifyInstance } from 'fastify';
import { mayHoldUnstorableText, refuseUnstorableText } from '#contracts';
import { DomainError } from '#domain';
import { isForPages } from './for-pages.decorator.js';

/** Bodies larger than this are refused with 413. */
const BODY_LIMIT = 1_048_576;

/** JSON is the only thing that is read, from pages under the name of plain text too. A body that is absent is read as `{}`, so that what it lacks is named. */
export function readJsonBodies(server: FastifyInstance): void {
  const read = server.getDefaultJsonParser('error', 'ignore');
  server.removeAllContentTypeParsers();
  const parser: FastifyBodyParser<Buffer> = (request, body, done) => {
    if (body.length === 0) return done(null, {});
    if (!isUtf8(body)) return done(new DomainError('bad_request', 'The body is not valid UTF-8'));
    const json = body.toString('utf8');
    void read(request, json, (error, value: unknown) => done(error ?? checked(json, value), value));
  };
  const options = { parseAs: 'buffer', bodyLimit: BODY_LIMIT } as const;
  server.addContentTypeParser('application/json', options, parser);
  server.addContentTypeParser('text/plain', options, (request, body: Buffer, done) => {
    if (isForPages(request)) return parser(request, body, done);
    done(new DomainError('unsupported', 'Unsupported Media Type: text/plain; send application/json'));
  });
}

function checked(json: string, value: unknown): Error | null {
  if (!mayHoldUnstorableText(json)) return null;
  try {
    refuseUnstorableText(value);
    return null;
  } catch (error) {
    return error as Error;
  }
}
