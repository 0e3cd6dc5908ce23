/** What becomes of a user whom a browser names without a signature: accepted, accepted and told, or refused. */
export const IDENTITY_VERIFICATIONS = ['off', 'warn', 'enforce'] as const;
export type IdentityVerification = (typeof IDENTITY_VERIFICATIONS)[number];

/** Secrets of a workspace that sign at once: during a change there are two, and rarely more. */
export const MAX_IDENTITY_SECRETS = 10;
