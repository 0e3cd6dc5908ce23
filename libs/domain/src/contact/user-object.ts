import { known, seconds } from '../attribute/read-attributes.js';
import type { Contact } from './contact.js';

interface Named {
  readonly id: string;
  readonly name: string | null;
}

/** What a user is related to, in full. */
export interface UserRelations {
  readonly companies: readonly (Named & { readonly company_id: string })[];
  readonly tags: readonly Named[];
  readonly segments: readonly Named[];
}

export const NOT_RELATED: UserRelations = { companies: [], tags: [], segments: [] };

/** What a user's object is made with besides the contact. */
export interface UserView {
  readonly appId: string;
  readonly relations?: UserRelations | undefined;
}

/** What the API of version 1 answers of a user. */
export type UserObject = ReturnType<typeof userObject>;

/** A user in the shape of version 1 (reference 1.1), every field present. Times are whole unix seconds. */
export function userObject(contact: Contact, view: UserView) {
  return {
    type: 'user',
    ...versionOneFields(contact, view),
    user_id: contact.attributes['external_id'] ?? null,
    anonymous: false,
    email: contact.attributes['email'] ?? null,
    last_seen_ip: known(contact.attributes, 'last_seen_ip'),
    user_agent_data: null,
  };
}

/** What version 1 says of users and visitors alike. What is unknown, or not kept by Muster, is null. */
export function versionOneFields(
  { id, attributes, customAttributes }: Contact,
  { appId, relations = NOT_RELATED }: UserView,
) {
  return {
    id,
    phone: known(attributes, 'phone'),
    name: known(attributes, 'name'),
    pseudonym: null,
    avatar: { type: 'avatar', image_url: known(attributes, 'avatar') },
    app_id: appId,
    ...relatedFields(relations),
    location_data: {
      type: 'location_data',
      country_name: known(attributes, 'location.country'),
      region_name: known(attributes, 'location.region'),
      city_name: known(attributes, 'location.city'),
      country_code: known(attributes, 'location.country_code'),
      continent_code: known(attributes, 'location.continent_code'),
      postal_code: known(attributes, 'location.postal_code'),
      timezone: known(attributes, 'location.timezone'),
      latitude: null,
      longitude: null,
    },
    last_request_at: seconds(attributes, 'last_seen_at'),
    created_at: seconds(attributes, 'created_at'),
    remote_created_at: seconds(attributes, 'signed_up_at'),
    signed_up_at: seconds(attributes, 'signed_up_at'),
    updated_at: seconds(attributes, 'updated_at'),
    session_count: attributes['web_sessions'] ?? 0,
    social_profiles: { type: 'social_profile.list', social_profiles: [] },
    owner_id: known(attributes, 'owner_id'),
    unsubscribed_from_emails: attributes['unsubscribed_from_emails'] === true,
    marked_email_as_spam: false,
    has_hard_bounced: false,
    custom_attributes: { ...customAttributes },
    referrer: known(attributes, 'referrer'),
    utm_campaign: known(attributes, 'utm_campaign'),
    utm_content: known(attributes, 'utm_content'),
    utm_medium: known(attributes, 'utm_medium'),
    utm_source: known(attributes, 'utm_source'),
    utm_term: known(attributes, 'utm_term'),
  };
}

function relatedFields({ companies, tags, segments }: UserRelations) {
  const typed = <T extends object>(type: string, things: readonly T[]) =>
    things.map((thing) => ({ type, ...thing }));
  return {
    companies: { type: 'company.list', companies: typed('company', companies) },
    tags: { type: 'tag.list', tags: typed('tag', tags) },
    segments: { type: 'segment.list', segments: typed('segment', segments) },
  };
}
