import { createHmac, timingSafeEqual } from 'node:crypto';
import { errors, type JWTPayload, jwtVerify } from 'jose';
import { z } from 'zod';
import { givenNames } from '#contracts';
import { DomainError } from '#domain';

/** The only algorithm that is taken: a token that names another is refused, whatever it is signed with. */
const ALGORITHMS = ['HS256'];

/** Claims about the token, not about the user. */
const OF_TOKENS = new Set(['exp', 'iat', 'nbf', 'iss', 'aud', 'sub', 'jti']);

/** What a token says of a user: who it is, and more that is to be believed as it is. */
export interface Claims {
  readonly userId: string;
  readonly email?: string | undefined;
  readonly attributes: Readonly<Record<string, unknown>>;
}

const names = z.object(givenNames);

/** Whether one of the secrets made this hash of the name: HMAC-SHA256 in hex (reference 10). */
export function isHashOf(name: string, hash: string, secrets: readonly Uint8Array[]): boolean {
  const given = Buffer.from(hash, 'hex');
  return secrets.some((secret) => {
    const expected = createHmac('sha256', secret).update(name).digest();
    return given.length === expected.length && timingSafeEqual(given, expected);
  });
}

/** The claims of a token that one of the secrets signed, or what is wrong with it. @param now unix seconds */
export async function claimsOf(
  token: string,
  secrets: readonly Uint8Array[],
  now: number,
): Promise<Claims | DomainError> {
  let problem = 'no secret of the workspace signed it';
  for (const secret of secrets) {
    try {
      const options = { algorithms: ALGORITHMS, currentDate: new Date(now * 1000) };
      return readClaims((await jwtVerify(token, secret, options)).payload);
    } catch (error) {
      if (!(error instanceof errors.JOSEError)) throw error;
      if (!(error instanceof errors.JWSSignatureVerificationFailed)) problem = error.message;
    }
  }
  return refusedToken(problem);
}

function readClaims({ user_id, email, ...others }: JWTPayload): Claims | DomainError {
  const read = names.safeParse({ user_id, email });
  if (!read.success || !read.data.user_id)
    return refusedToken('it needs a claim user_id, and email must be an address');
  const told = Object.entries(others).filter(([name]) => !OF_TOKENS.has(name));
  const attributes = Object.fromEntries(told);
  return { userId: read.data.user_id, email: read.data.email ?? undefined, attributes };
}

const refusedToken = (problem: string): DomainError =>
  new DomainError('parameter_invalid', `intercom_user_jwt: ${problem}`, 'intercom_user_jwt');
