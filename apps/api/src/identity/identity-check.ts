import { Injectable } from '@nestjs/common';
import { DomainError } from '#domain';
import { Clock } from '#platform';
import type { BrowserWorkspace } from './browser-workspaces.js';
import { type Claims, claimsOf, isHashOf } from './signature.js';
import { UnsignedLog } from './unsigned-log.js';

/** Whom a browser says its visitor is, and by what that is vouched for. */
export interface GivenIdentity {
  readonly userId?: string | undefined;
  readonly email?: string | undefined;
  readonly userHash?: string | undefined;
  readonly jwt?: string | undefined;
}

/** Who it is taken for. */
export interface VouchedIdentity {
  readonly userId?: string | undefined;
  readonly email?: string | undefined;
  /** Whether the address may say who it is, and not only what the address of the user is. */
  readonly emailNames: boolean;
  /** What a signature vouches for besides. */
  readonly claims: Readonly<Record<string, unknown>>;
  readonly warnings: readonly DomainError[];
}

/** Holds what a browser says of who its visitor is against the secrets of the workspace (reference 10). */
@Injectable()
export class IdentityCheck {
  constructor(
    private readonly unsigned: UnsignedLog,
    private readonly clock: Clock,
  ) {}

  /** Throws what is wrong with the signature where the workspace enforces it. Nameless visitors need none. */
  async check(workspace: BrowserWorkspace, given: GivenIdentity): Promise<VouchedIdentity> {
    const read = given.jwt && (await claimsOf(given.jwt, workspace.secrets, this.clock.now()));
    const claims = read && !(read instanceof DomainError) ? read : undefined;
    const problem = read instanceof DomainError ? read : problemOf(given, claims, workspace);
    if (problem && workspace.verification === 'enforce') throw problem;
    if (problem && workspace.verification === 'warn') this.unsigned.add(workspace.appId);
    const told = workspace.verification === 'warn' || read instanceof DomainError;
    const email = claims?.email ?? given.email;
    return {
      userId: claims?.userId ?? given.userId,
      email,
      emailNames: workspace.verification !== 'enforce' || isSigned({ ...given, email }, claims),
      claims: claims?.attributes ?? {},
      warnings: problem && told ? [problem] : [],
    };
  }
}

/** A hash is of the user id where there is one, so that it says nothing of the address. */
const isSigned = ({ userId, email }: GivenIdentity, claims: Claims | undefined): boolean =>
  claims ? claims.email === email : userId === undefined;

function problemOf(
  { userId, email, userHash }: GivenIdentity,
  claims: Claims | undefined,
  { secrets }: BrowserWorkspace,
): DomainError | undefined {
  if (claims) return userId === undefined || userId === claims.userId ? undefined : another();
  const name = userId ?? email;
  if (name === undefined) return undefined;
  if (userHash === undefined) return missing(secrets.length);
  return isHashOf(name, userHash, secrets) ? undefined : wrong(userId === undefined ? 'email' : 'user_id');
}

const another = (): DomainError =>
  new DomainError('parameter_invalid', 'user_id: is not the one that intercom_user_jwt is of', 'user_id');

const wrong = (name: string): DomainError =>
  new DomainError(
    'parameter_invalid',
    `user_hash: is not the HMAC-SHA256, in hex, of ${name} by a secret of the workspace`,
    'user_hash',
  );

function missing(secrets: number): DomainError {
  const first = secrets === 0 ? 'make a secret with POST /identity_secrets, and ' : '';
  const message = `user_hash: is missing, ${first}send user_hash or intercom_user_jwt with user_id or email`;
  return new DomainError('parameter_missing', message, 'user_hash');
}
