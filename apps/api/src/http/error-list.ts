import type { ErrorList } from '#contracts';
import type { DomainError, ErrorCode } from '#domain';

/** The one table of codes and HTTP statuses. */
const STATUS: Readonly<Record<ErrorCode, number>> = {
  parameter_invalid: 400,
  parameter_missing: 400,
  parameter_not_found: 400,
  bad_request: 400,
  unauthorized: 401,
  token_not_found: 401,
  not_found: 404,
  media_type_not_acceptable: 406,
  conflict: 409,
  payload_too_large: 413,
  unsupported: 415,
  server_error: 500,
  service_unavailable: 503,
};

/** The answer to a request that failed; the first error decides the status. */
export function errorList(
  errors: readonly DomainError[],
  requestId: string,
): { status: number; body: ErrorList } {
  return {
    status: STATUS[errors[0]?.code ?? 'server_error'],
    body: { type: 'error.list', request_id: requestId, errors: errors.map(errorEntry) },
  };
}

/** An error on the wire. */
export function errorEntry({ code, message, field, details }: DomainError): ErrorList['errors'][number] {
  return { code, message, ...(field === undefined ? {} : { field }), ...details };
}
