import { z } from 'zod';
import { MAX_NAME, numberedId, text } from './values.js';

const MAX_DESCRIPTION = 1_000;

const consentType = z.enum(['opt_out', 'opt_in'], 'expected "opt_out" or "opt_in"');
const state = z.enum(['live', 'draft', 'archived'], 'expected "live", "draft" or "archived"');
const contentType = z.enum(['email', 'sms_message'], 'expected "email" or "sms_message"');

const definition = {
  name: text(MAX_NAME, 1),
  description: text(MAX_DESCRIPTION),
  state,
  consent_type: consentType,
  content_types: z
    .array(contentType, 'expected a list of "email" and "sms_message"')
    .min(1, 'expected "email", "sms_message" or both')
    .transform((types) => [...new Set(types)]),
};

/** `POST /subscription_types` is Muster's own: Intercom has its types made by hand. */
export const createSubscriptionType = z.strictObject(
  {
    ...definition,
    description: definition.description.default(''),
    state: state.default('live'),
    content_types: definition.content_types.default(['email']),
  },
  'expected an object',
);

/** `PUT /subscription_types/{id}`: what is left out stays. */
export const updateSubscriptionType = z.strictObject(definition, 'expected an object').partial();

/** `POST /contacts/{id}/subscriptions` */
export const attachSubscription = z.strictObject(
  { id: numberedId, consent_type: consentType },
  'expected an object',
);

const translation = z.object({ name: z.string(), description: z.string(), locale: z.string() });

/** At a contact `consent_type` is what the contact decided; elsewhere, what there is to decide. */
export const subscriptionTypeAnswer = z.object({
  type: z.literal('subscription'),
  id: z.string(),
  state,
  default_translation: translation,
  translations: z.array(translation),
  consent_type: consentType,
  content_types: z.array(contentType),
});

export const subscriptionTypeList = z.object({
  type: z.literal('list'),
  data: z.array(subscriptionTypeAnswer),
});

export type CreateSubscriptionTypeBody = z.output<typeof createSubscriptionType>;
export type UpdateSubscriptionTypeBody = z.output<typeof updateSubscriptionType>;
export type AttachSubscriptionBody = z.output<typeof attachSubscription>;
export type SubscriptionTypeAnswer = z.output<typeof subscriptionTypeAnswer>;
