import { z } from 'zod';
import { customAttributes } from './attribute.contract.js';
import { namesContact, reference } from './contact-reference.js';
import { listContacts } from './contact-search.contract.js';
import { updateContact } from './contact.contract.js';
import { inlineCompanies } from './inline-company.js';
import { seen } from './seen.js';
import { ip, landing, userAgent } from './surroundings.js';
import { email, externalId, pageNumber, perPage, seconds } from './values.js';

/** How many users a page holds (reference 4). */
export const MAX_USERS_PER_PAGE = 60;

/** How far into the list of users page numbers reach; `pages.next` and a scroll go to the end. */
export const MAX_LISTED_USERS = 10_000;

/** How far back `created_since` looks, in days. */
const MAX_DAYS = 10_000;

const name = <T extends z.ZodType>(value: T) => value.nullish().transform((given) => given ?? undefined);

const { phone, avatar, owner_id, unsubscribed_from_emails, language_override } = updateContact.shape;

const attributes = {
  phone,
  name: updateContact.shape.name,
  avatar,
  owner_id,
  unsubscribed_from_emails,
  language_override,
  ...landing,
};

/**
 * `POST /users`. A name that is null counts as left out. `signed_up_at` has two older names, and `custom_attributes`
 * one. Where the user was and with what is taken, and not kept.
 */
export const upsertUser = z
  .strictObject(
    {
      id: name(reference.id),
      user_id: name(reference.user_id),
      email: name(reference.email),
      ...attributes,
      signed_up_at: seconds.nullish(),
      remote_created_at: seconds.nullish(),
      created_at: seconds.nullish(),
      ...seen,
      last_seen_ip: ip.nullish(),
      last_seen_user_agent: userAgent.nullish(),
      custom_attributes: customAttributes.nullish(),
      custom_data: customAttributes.nullish(),
      companies: inlineCompanies.nullish(),
    },
    'expected an object',
  )
  .superRefine(namesContact);

const who = {
  type: z.literal('user', 'expected "user"').optional(),
  user_id: externalId.optional(),
  email: email.optional(),
};

/** `DELETE /users` */
export const findUser = z.strictObject(who).superRefine(namesContact);

const DAYS = `expected a number of days from 1 to ${MAX_DAYS}`;

/** `GET /users`: one user by `user_id` or `email`, else a list. `starting_after` comes out of `pages.next`. */
export const findUsers = z
  .strictObject({
    ...who,
    page: pageNumber,
    per_page: perPage(50, MAX_USERS_PER_PAGE),
    created_since: z.coerce.number(DAYS).int(DAYS).min(1, DAYS).max(MAX_DAYS, DAYS).optional(),
    sort: z
      .enum(
        ['created_at', 'last_request_at', 'signed_up_at', 'updated_at'],
        'expected created_at, last_request_at, signed_up_at or updated_at',
      )
      .default('created_at'),
    order: z.enum(['asc', 'desc'], 'expected asc or desc').default('desc'),
    starting_after: listContacts.shape.starting_after,
  })
  .superRefine(({ page, per_page, starting_after }, context) => {
    if (starting_after !== undefined || page * per_page <= MAX_LISTED_USERS) return;
    const message = `page limit reached, please use scroll API: page numbers reach ${MAX_LISTED_USERS} users`;
    context.addIssue({ code: 'custom', path: ['page'], message });
  });

export type UpsertUserBody = z.output<typeof upsertUser>;
export type FindUserQuery = z.output<typeof findUser>;
export type FindUsersQuery = z.output<typeof findUsers>;
