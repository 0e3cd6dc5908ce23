import { z } from 'zod';
import { secondsOrNull } from './values.js';

/** An admin in Intercom's shape: Muster has no inbox, so that nobody is away and nobody has a seat. */
export const adminAnswer = z.object({
  type: z.literal('admin'),
  id: z.string(),
  name: z.string(),
  email: z.string(),
  job_title: z.null(),
  away_mode_enabled: z.literal(false),
  away_mode_reassign: z.literal(false),
  has_inbox_seat: z.literal(false),
  team_ids: z.array(z.int()),
  avatar: z.null(),
});

/** `GET /me`: whose token it is, and what it opens. */
export const adminWithApp = adminAnswer.extend({
  email_verified: z.boolean(),
  app: z.object({
    type: z.literal('app'),
    id_code: z.string(),
    name: z.string(),
    region: z.null(),
    timezone: z.string(),
    created_at: secondsOrNull,
    identity_verification: z.literal(false),
  }),
});

export const adminList = z.object({ type: z.literal('admin.list'), admins: z.array(adminAnswer) });

export type AdminAnswer = z.output<typeof adminAnswer>;
export type AdminWithAppAnswer = z.output<typeof adminWithApp>;
