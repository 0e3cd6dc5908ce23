import { DomainError } from '../domain-error.js';

/** Versions of Intercom's API that differ where Muster has the thing; the newest has many names. */
const NEWEST = ['Unstable', 'Preview'];
const NUMBERED = /^(1\.[0-4]|2\.(\d|1[0-7]))$/;

/** A version as the `Intercom-Version` header names it: `1.0` to `1.4`, `2.0` to `2.17`, `Unstable` or `Preview`. */
export type ApiVersion = string;

/** What the official SDK sends (reference: versions in play). */
export const DEFAULT_VERSION: ApiVersion = '2.14';

/** Throws `intercom_version_invalid`. */
export function parseVersion(header: string): ApiVersion {
  if (NUMBERED.test(header) || NEWEST.includes(header)) return header;
  const message = `${header} is no version: expected 1.0 to 1.4, 2.0 to 2.17, Preview or Unstable`;
  throw new DomainError('intercom_version_invalid', message, 'Intercom-Version');
}

/** Whether a version has what came with `first`. */
export const isSince = (version: ApiVersion, first: ApiVersion): boolean => rank(version) >= rank(first);

function rank(version: ApiVersion): number {
  const [major = 0, minor = 0] = version.split('.').map(Number);
  return NEWEST.includes(version) ? Infinity : major * 100 + minor;
}
