import { z } from 'zod';
import { namesContact, reference } from './contact-reference.js';
import { seconds } from './values.js';

export const platform = z
  .enum(['web', 'ios', 'android'], 'expected "web", "ios" or "android"')
  .default('web');

/** `POST /ping`: a sign of life, now unless it says when. */
export const ping = z
  .strictObject(
    {
      ...reference,
      created_at: seconds.optional(),
      platform,
    },
    'expected an object',
  )
  .superRefine(namesContact);

export type PingBody = z.output<typeof ping>;
