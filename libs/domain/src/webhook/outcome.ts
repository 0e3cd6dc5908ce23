/** Why a request got no complete answer. */
export type FailureCode =
  | 'timeout'
  | 'connect_timeout'
  | 'connection_failed'
  | 'dns_failed'
  | 'tls_failed'
  | 'response_malformed'
  | 'address_denied'
  | 'url_invalid'
  | 'secret_unreadable';

/** The endpoint answered. `response` is an excerpt of its body, `retryAfter` the header as it came. */
export interface Answer {
  readonly status: number;
  readonly retryAfter?: string | undefined;
  readonly response: string;
  readonly durationMs: number;
}

/** The endpoint did not answer, or not completely. */
export interface Failure {
  readonly error: FailureCode;
  readonly message: string;
  readonly durationMs: number;
}

/** What came of one attempt. */
export type Outcome = Answer | Failure;
