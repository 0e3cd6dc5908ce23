import type { ErrorList } from '#contracts';
import { DomainError, type ErrorCode } from '#domain';

/** The one table of codes and HTTP statuses. */
const STATUS: Readonly<Record<ErrorCode, number>> = {
  parameter_invalid: 400,
  parameter_missing: 400,
  parameter_not_found: 400,
  bad_request: 400,
  contact_company_limit_exceeded: 400,
  custom_data_limit_reached: 400,
  intercom_version_invalid: 400,
  invalid_field: 400,
  invalid_merge: 400,
  invalid_sort_order: 400,
  scroll_exists: 400,
  tag_has_dependent_objects: 400,
  unauthorized: 401,
  token_not_found: 401,
  not_found: 404,
  admin_not_found: 404,
  company_not_found: 404,
  field_not_found: 404,
  job_not_found: 404,
  media_type_not_acceptable: 406,
  conflict: 409,
  not_restorable: 409,
  contact_merged: 410,
  payload_too_large: 413,
  unsupported: 415,
  data_invalid: 422,
  search_too_slow: 422,
  rate_limit_exceeded: 429,
  server_error: 500,
  service_unavailable: 503,
};

/** Refused with 422 whatever its code, where Intercom does so. */
export class Unprocessable extends DomainError {}

/** The answer to a request that failed; the first error decides the status. */
export function errorList(
  errors: readonly DomainError[],
  requestId: string,
): { status: number; body: ErrorList } {
  const [first] = errors;
  return {
    status: first instanceof Unprocessable ? 422 : STATUS[first?.code ?? 'server_error'],
    body: { type: 'error.list', request_id: requestId, errors: errors.map(errorEntry) },
  };
}

/** An error on the wire. */
export function errorEntry({ code, message, field, details }: DomainError): ErrorList['errors'][number] {
  return { code, message, ...(field === undefined ? {} : { field }), ...details };
}
