/** The stable codes Muster answers with; those Intercom has too are spelt as Intercom spells them. */
export type ErrorCode =
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
