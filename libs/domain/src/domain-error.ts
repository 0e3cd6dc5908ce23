/** The stable codes Muster answers with; those Intercom has too are spelt as Intercom spells them. */
export type ErrorCode =
  | 'admin_not_found'
  | 'company_not_found'
  | 'contact_company_limit_exceeded'
  | 'contact_merged'
  | 'custom_data_limit_reached'
  | 'data_invalid'
  | 'field_not_found'
  | 'intercom_version_invalid'
  | 'invalid_field'
  | 'invalid_merge'
  | 'invalid_sort_order'
  | 'job_not_found'
  | 'not_restorable'
  | 'rate_limit_exceeded'
  | 'scroll_exists'
  | 'search_too_slow'
  | 'tag_has_dependent_objects'
  | 'parameter_invalid'
  | 'parameter_missing'
  | 'parameter_not_found'
  | 'bad_request'
  | 'not_found'
  | 'conflict'
  | 'unauthorized'
  | 'token_not_found'
  | 'payload_too_large'
  | 'media_type_not_acceptable'
  | 'unsupported'
  | 'service_unavailable'
  | 'server_error';

/**
 * Something the caller can put right, or must be told. `field` is the dotted path of the input it is about;
 * `details` are added to the error on the wire (a conflict's `contact_id`).
 */
export class DomainError extends Error {
  constructor(
    readonly code: ErrorCode,
    message: string,
    readonly field?: string,
    readonly details: Readonly<Record<string, unknown>> = {},
  ) {
    super(message);
    this.name = 'DomainError';
  }
}

/** How many problems of one input are told at once. */
const MAX_ERRORS = 20;

/** An input that is not what it should be: one error per problem, each naming its field. */
export class InvalidInput extends Error {
  readonly errors: readonly DomainError[];

  constructor(errors: readonly DomainError[]) {
    super(errors.map((error) => error.message).join('; '));
    this.name = 'InvalidInput';
    this.errors = errors.slice(0, MAX_ERRORS);
  }
}

/** An error about a part of an input, told of the whole. @param part where it is in there: `companies.3` */
export function ofPart(part: string, { code, message, field, details }: DomainError): DomainError {
  const place = field === undefined ? part : `${part}.${field}`;
  const reason = message.startsWith(`${field}: `) ? message.slice(`${field}: `.length) : message;
  return new DomainError(code, `${place}: ${reason}`, place, details);
}
