import { type ArgumentsHost, Catch, type ExceptionFilter, HttpException, HttpStatus } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { isTransient } from '#database';
import { DomainError, type ErrorCode, InvalidInput } from '#domain';
import { Logger } from '#platform';
import { errorList } from './error-list.js';

/** What Nest and Fastify refuse by themselves. */
const CODES: Readonly<Record<number, ErrorCode>> = {
  [HttpStatus.NOT_FOUND]: 'not_found',
  [HttpStatus.PAYLOAD_TOO_LARGE]: 'payload_too_large',
  [HttpStatus.UNSUPPORTED_MEDIA_TYPE]: 'unsupported',
  [HttpStatus.SERVICE_UNAVAILABLE]: 'service_unavailable',
};

/** Answers every failure with an error list. What the caller cannot know is logged under the request id, not told. */
@Catch()
export class ErrorFilter implements ExceptionFilter {
  constructor(private readonly logger: Logger) {}

  catch(exception: unknown, host: ArgumentsHost): void {
    const request = host.switchToHttp().getRequest<FastifyRequest>();
    const reply = host.switchToHttp().getResponse<FastifyReply>();
    const { status, body } = errorList(this.errorsOf(exception, request.id), request.id);
    if (status === 401) reply.header('www-authenticate', 'Bearer');
    const canonical = status === 410 ? body.errors[0]?.['contact_id'] : undefined;
    if (canonical) reply.header('link', `</contacts/${String(canonical)}>; rel="canonical"`);
    reply.code(status).send(body);
  }

  private errorsOf(exception: unknown, requestId: string): readonly DomainError[] {
    if (exception instanceof InvalidInput) return exception.errors;
    if (exception instanceof DomainError) return [exception];
    if (exception instanceof HttpException) return [refusal(exception)];
    if (isTransient(exception)) {
      this.logger.failure('database', exception);
      return [new DomainError('service_unavailable', 'The store is away: try again')];
    }
    this.logger.failure(
      `request ${kindOf(exception)}`,
      new Error(`Request ${requestId} failed`, { cause: exception }),
    );
    return [new DomainError('server_error', 'Something went wrong: the request id helps to find out what')];
  }
}

/** A failed health check names its checks. */
function refusal(exception: HttpException): DomainError {
  const code = CODES[exception.getStatus()] ?? 'bad_request';
  const response = exception.getResponse();
  const checks = typeof response === 'object' && 'details' in response ? { checks: response.details } : {};
  return new DomainError(code, exception.message, undefined, checks);
}

const kindOf = (exception: unknown): string =>
  exception instanceof Error ? exception.name : typeof exception;
