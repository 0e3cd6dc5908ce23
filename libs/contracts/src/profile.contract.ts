import { z } from 'zod';
import { email, externalId } from './values.js';

/** `GET /apps/{app_id}/users/show`: by exactly one of the two. */
export const profileQuery = z
  .strictObject({ user_id: externalId.optional(), email: email.optional() })
  .refine((query) => Object.keys(query).length === 1, {
    path: ['user_id'],
    message: 'expected either user_id or email',
  });

/** The contacts that share an address, each with the address of its page. */
export const profileChoices = z.object({
  type: z.literal('list'),
  data: z.array(
    z.object({
      type: z.literal('contact'),
      id: z.string(),
      role: z.string(),
      name: z.string().nullable(),
      external_id: z.string().nullable(),
      email: z.string(),
      url: z.string(),
    }),
  ),
});

export type ProfileQuery = z.output<typeof profileQuery>;
export type ProfileChoices = z.output<typeof profileChoices>;
