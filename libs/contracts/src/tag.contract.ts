import { z } from 'zod';
import { namesContact, reference } from './contact-reference.js';
import { externalId, MAX_NAME, numberedId, secondsOrNull, text } from './values.js';

/** How many contacts or companies one call tags. */
const MAX_TARGETS = 100;

const NAME = `expected a string of 1 to ${MAX_NAME} characters`;
const TARGETS = `expected a list of 1 to ${MAX_TARGETS}`;

const name = z
  .string(NAME)
  .overwrite((value) => value.trim())
  .min(1, NAME)
  .max(MAX_NAME, NAME);

const untag = z.boolean('expected true or false').optional();

const user = z.strictObject({ ...reference, untag }, 'expected an object').superRefine(namesContact);

const company = z
  .strictObject(
    { id: text(MAX_NAME, 1).optional(), company_id: externalId.optional(), untag },
    'expected an object',
  )
  .refine(({ id, company_id }) => id !== undefined || company_id !== undefined, {
    path: ['company_id'],
    message: 'expected one of id or company_id',
  });

const targets = <T extends z.ZodType>(target: T) =>
  z.array(target, TARGETS).min(1, TARGETS).max(MAX_TARGETS, TARGETS).optional();

/**
 * `POST /tags` is told by its shape: `name` alone makes a tag, with `id` it renames one, with `users` or `companies` it
 * tags those, or untags them: all by `untag` beside them, one by one by `untag` in them.
 */
export const writeTag = z
  .strictObject(
    { name, id: numberedId.optional(), users: targets(user), companies: targets(company), untag },
    'expected an object',
  )
  .superRefine((body, context) => {
    const [, second] = (['id', 'users', 'companies'] as const).filter((key) => body[key] !== undefined);
    if (second)
      context.addIssue({ code: 'custom', path: [second], message: 'expected one of id, users or companies' });
    if (body.untag !== undefined && !body.users && !body.companies)
      context.addIssue({ code: 'custom', path: ['untag'], message: 'expected users or companies beside it' });
  });

/** `POST /contacts/{id}/tags` */
export const tagContact = z.strictObject({ id: numberedId }, 'expected an object');

/** When and by whom it was applied is said of a tag on something. */
export const tagAnswer = z.object({
  type: z.literal('tag'),
  id: z.string(),
  name: z.string(),
  applied_at: secondsOrNull.optional(),
  applied_by: z
    .object({ type: z.literal('admin'), id: z.string() })
    .nullable()
    .optional(),
});

export const tagList = z.object({ type: z.literal('list'), data: z.array(tagAnswer) });

export type WriteTagBody = z.output<typeof writeTag>;
export type TagContactBody = z.output<typeof tagContact>;
export type TagAnswer = z.output<typeof tagAnswer>;
