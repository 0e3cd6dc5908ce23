import type { SubscriptionTypeAnswer } from '#contracts';
import type { DecidedType } from '#database';

/** Muster keeps one translation. */
const LOCALE = 'en';

/** A subscription type on the wire: at a contact, with what that decided as its consent type. */
export function subscriptionTypeObject(type: DecidedType): SubscriptionTypeAnswer {
  const translation = { name: type.name, description: type.description, locale: LOCALE };
  return {
    type: 'subscription',
    id: `${type.id}`,
    state: type.state,
    default_translation: translation,
    translations: [translation],
    consent_type: type.consentType,
    content_types: type.contentTypes,
  };
}
