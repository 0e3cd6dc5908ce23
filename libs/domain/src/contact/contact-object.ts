import { known, seconds } from '../attribute/read-attributes.js';
import { type ApiVersion, DEFAULT_VERSION, isSince } from '../version/api-version.js';
import type { Attributes, Contact } from './contact.js';
import { NO_RELATIONS, relationFields, type Relations } from './relations.js';

/** What the API answers and what notifications carry. */
export type ContactObject = ReturnType<typeof contactObject>;

/** What a contact's object is made with besides the contact. */
export interface ContactView {
  readonly appId: string;
  readonly relations?: Relations | undefined;
  readonly version?: ApiVersion;
}

/**
 * A contact in the shape of Intercom's API, every field present: what is unknown, or not kept by Muster, is null.
 * Times are whole unix seconds. The counts of sessions are Muster's own.
 */
export function contactObject(contact: Contact, view: ContactView) {
  const { appId, relations = NO_RELATIONS, version = DEFAULT_VERSION } = view;
  return {
    type: 'contact',
    id: contact.id,
    workspace_id: appId,
    ...identityFields(contact.attributes),
    owner_id: ownerId(contact.attributes, version),
    ...timeFields(contact.attributes),
    ...emailFlags(contact.attributes),
    ...sessionCounts(contact.attributes),
    ...deviceFields(contact.attributes),
    ...originFields(contact.attributes),
    custom_attributes: { ...contact.customAttributes },
    ...relationFields(contact.id, relations),
  };
}

function identityFields(attributes: Attributes) {
  const avatar = known(attributes, 'avatar');
  const email = known(attributes, 'email');
  return {
    external_id: known(attributes, 'external_id'),
    role: known(attributes, 'role') ?? 'user',
    email,
    email_domain: typeof email === 'string' ? email.slice(email.lastIndexOf('@') + 1) : null,
    phone: known(attributes, 'phone'),
    formatted_phone: known(attributes, 'formatted_phone'),
    name: known(attributes, 'name'),
    avatar: avatar === null ? null : { type: 'avatar', image_url: avatar },
    language_override: known(attributes, 'language_override'),
  };
}

function timeFields(attributes: Attributes) {
  return {
    created_at: seconds(attributes, 'created_at'),
    updated_at: seconds(attributes, 'updated_at'),
    signed_up_at: seconds(attributes, 'signed_up_at'),
    last_seen_at: seconds(attributes, 'last_seen_at'),
    last_replied_at: seconds(attributes, 'last_replied_at'),
    last_contacted_at: seconds(attributes, 'last_contacted_at'),
    last_email_opened_at: seconds(attributes, 'last_email_opened_at'),
    last_email_clicked_at: seconds(attributes, 'last_email_clicked_at'),
  };
}

function emailFlags(attributes: Attributes) {
  return {
    has_hard_bounced: attributes['has_hard_bounced'] === true,
    marked_email_as_spam: attributes['marked_email_as_spam'] === true,
    unsubscribed_from_emails: attributes['unsubscribed_from_emails'] === true,
  };
}

function sessionCounts(attributes: Attributes) {
  return {
    web_sessions: attributes['web_sessions'] ?? 0,
    ios_sessions: attributes['ios_sessions'] ?? 0,
    android_sessions: attributes['android_sessions'] ?? 0,
  };
}

function deviceFields(attributes: Attributes) {
  return {
    browser: known(attributes, 'browser'),
    browser_version: known(attributes, 'browser_version'),
    browser_language: known(attributes, 'browser_language'),
    os: known(attributes, 'os'),
    android_app_name: known(attributes, 'android_app_name'),
    android_app_version: known(attributes, 'android_app_version'),
    android_device: known(attributes, 'android_device'),
    android_os_version: known(attributes, 'android_os_version'),
    android_sdk_version: known(attributes, 'android_sdk_version'),
    android_last_seen_at: seconds(attributes, 'android_last_seen_at'),
    ios_app_name: known(attributes, 'ios_app_name'),
    ios_app_version: known(attributes, 'ios_app_version'),
    ios_device: known(attributes, 'ios_device'),
    ios_os_version: known(attributes, 'ios_os_version'),
    ios_sdk_version: known(attributes, 'ios_sdk_version'),
    ios_last_seen_at: seconds(attributes, 'ios_last_seen_at'),
    enabled_push_messaging: known(attributes, 'enabled_push_messaging'),
  };
}

function originFields(attributes: Attributes) {
  return {
    location: {
      type: 'location',
      country: known(attributes, 'location.country'),
      region: known(attributes, 'location.region'),
      city: known(attributes, 'location.city'),
      country_code: known(attributes, 'location.country_code'),
      continent_code: known(attributes, 'location.continent_code'),
      postal_code: known(attributes, 'location.postal_code'),
      timezone: known(attributes, 'location.timezone'),
    },
    utm_campaign: known(attributes, 'utm_campaign'),
    utm_content: known(attributes, 'utm_content'),
    utm_medium: known(attributes, 'utm_medium'),
    utm_source: known(attributes, 'utm_source'),
    utm_term: known(attributes, 'utm_term'),
    referrer: known(attributes, 'referrer'),
  };
}

/** Version 2.16 made it a string. */
function ownerId(attributes: Attributes, version: ApiVersion) {
  const owner = known(attributes, 'owner_id');
  return owner !== null && isSince(version, '2.16') ? String(owner) : owner;
}
