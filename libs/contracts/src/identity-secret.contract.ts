import { z } from 'zod';
import { MAX_NAME, text } from './values.js';

/** Shorter keys are weaker than the signature that is made with them. */
const MIN_SECRET = 32;

/** `POST /identity_secrets`: a new secret, or the one that a backend signs with already. */
export const createIdentitySecret = z.strictObject(
  { name: text(MAX_NAME, 1), secret: text(MAX_NAME, MIN_SECRET).optional() },
  'expected an object',
);

export const identitySecretAnswer = z.object({
  type: z.literal('identity_secret'),
  id: z.string(),
  name: z.string(),
  created_at: z.int(),
});

/** The answer to `POST /identity_secrets`, the only one that has the secret. */
export const createdIdentitySecret = identitySecretAnswer.extend({ secret: z.string() });

export const identitySecretList = z.object({
  type: z.literal('list'),
  data: z.array(identitySecretAnswer),
});

export type CreateIdentitySecretBody = z.output<typeof createIdentitySecret>;
export type IdentitySecretAnswer = z.output<typeof identitySecretAnswer>;
