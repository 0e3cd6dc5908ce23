import { z } from 'zod';
import { bulk } from './bulk.contract.js';
import { reference } from './contact-reference.js';
import { updateContact } from './contact.contract.js';
import { namedCompanies } from './inline-company.js';
import { platform } from './ping.contract.js';
import { ip, landing, userAgent } from './surroundings.js';
import { externalId, seconds, shortText } from './values.js';

const flag = z.boolean('expected true or false');

/** What a mobile SDK says of its app and its device (reference 1.1). */
const mobile = {
  app_name: shortText.nullish(),
  app_version: shortText.nullish(),
  device: shortText.nullish(),
  os_version: shortText.nullish(),
  sdk_version: shortText.nullish(),
  push_enabled: flag.nullish(),
};

const MOBILE = Object.keys(mobile) as (keyof typeof mobile)[];

const where = {
  ip: ip.nullish(),
  user_agent: userAgent.nullish(),
  language: shortText.nullish(),
  timezone: shortText.nullish(),
  ...landing,
};

/** What a mobile SDK's attributes object holds besides names and companies (reference 1.3). */
const shape = updateContact.shape;
const traits = {
  name: shape.name,
  phone: shape.phone,
  language_override: shape.language_override,
  signed_up_at: shape.signed_up_at,
  unsubscribed_from_emails: shape.unsubscribed_from_emails,
  custom_attributes: shape.custom_attributes,
};

/**
 * `POST /activities`: a sign of life, now unless it says when, from the web unless it says from where. Null clears an
 * attribute, as the null sentinels of the mobile SDKs do.
 */
export const createActivity = z
  .strictObject(
    {
      ...reference,
      anonymous_id: externalId.optional(),
      create: flag.optional(),
      created_at: seconds.optional(),
      platform,
      new_session: flag.nullish(),
      companies: namedCompanies.nullish(),
      ...where,
      ...mobile,
      ...traits,
    },
    'expected an object',
  )
  .superRefine((body, context) => {
    const { id, user_id, email, anonymous_id } = body;
    if ((id ?? user_id ?? email ?? anonymous_id) === undefined) {
      const message = 'expected one of id, user_id, email or anonymous_id';
      context.addIssue({ code: 'custom', path: ['user_id'], message });
    }
    const stray = body.platform === 'web' && MOBILE.find((field) => body[field] !== undefined);
    if (stray)
      context.addIssue({ code: 'custom', path: [stray], message: 'only for the platforms ios and android' });
  });

/** `POST /activities/bulk`: each item is accepted or refused by itself. */
export const createActivities = z.strictObject({ activities: bulk('activities') }, 'expected an object');

export type ActivityBody = z.output<typeof createActivity>;
export type ActivitiesBody = z.output<typeof createActivities>;
