import { DomainError } from '../domain-error.js';

const PREFIX = 'whsec_';

/** How long a signing key is, in bytes (Standard Webhooks: 24 to 64). */
export const SIGNING_KEY_BYTES = 32;

/**
 * The text whose HMAC is the signature (Standard Webhooks 1.0.0).
 * @param timestamp unix seconds of the attempt, whole
 * @param body the exact text that is sent
 */
export function signedText(id: string, timestamp: number, body: string): string {
  return `${id}.${timestamp}.${body}`;
}

/** A signing key as its owner is shown it. */
export function formatSecret(key: Uint8Array): string {
  return PREFIX + btoa(String.fromCharCode(...key));
}

/**
 * The signing key in a `whsec_` secret.
 * @throws DomainError `parameter_invalid` if it is not `whsec_` and 24 to 64 bytes in base64
 */
export function parseSecret(secret: string): Uint8Array {
  const encoded = secret.startsWith(PREFIX) ? secret.slice(PREFIX.length) : '';
  const key =
    /^[A-Za-z0-9+/]+={0,2}$/.test(encoded) && encoded.length % 4 === 0 ? decode(encoded) : undefined;
  if (!key || key.length < 24 || key.length > 64)
    throw new DomainError(
      'parameter_invalid',
      'secret must be whsec_ and 24 to 64 bytes in base64',
      'secret',
    );
  return key;
}

const decode = (base64: string): Uint8Array => Uint8Array.from(atob(base64), (char) => char.charCodeAt(0));
