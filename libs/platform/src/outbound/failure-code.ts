import type { FailureCode } from '#domain';
import { AddressDenied } from './guarded-connector.js';

/** Codes of Node and undici, or names of errors that have none; what is not here is a connection that could not be made or was lost. */
const CODES: readonly (readonly [FailureCode, RegExp])[] = [
  ['connect_timeout', /^(UND_ERR_CONNECT_TIMEOUT|ETIMEDOUT)$/],
  ['dns_failed', /^(ENOTFOUND|ENODATA|EAI_\w+)$/],
  ['tls_failed', /CERT|SIGNED|SIGNATURE|TLS|SSL|EPROTO/],
  ['response_malformed', /^(HTTPParserError|UND_ERR_HEADERS_OVERFLOW|UND_ERR_RES)/],
  ['url_invalid', /^(UND_ERR_INVALID_ARG|ERR_INVALID_URL)$/],
];

/** Sorts what went wrong with a request into what the retry schedule tells apart. */
export function failureCodeOf(error: unknown): FailureCode {
  if (error instanceof AddressDenied) return 'address_denied';
  const code = codeOf(error);
  return CODES.find(([, pattern]) => pattern.test(code))?.[0] ?? 'connection_failed';
}

/** A connection tried on several addresses fails with all their errors; the first one stands for them. */
function codeOf(error: unknown): string {
  if (typeof error !== 'object' || error === null) return '';
  if ('errors' in error && Array.isArray(error.errors)) return codeOf(error.errors[0]);
  if ('code' in error && typeof error.code === 'string') return error.code;
  return 'name' in error ? String(error.name) : '';
}
