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
 * Times are whole unix seconds. `web_sessions` is Muster's own.
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
    web_sessions: contact.attributes['web_sessions'] ?? 0,
    ...deviceFields(),
    ...originFields(),
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
    formatted_phone: null,
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
    last_replied_at: null,
    last_contacted_at: null,
    last_email_opened_at: null,
    last_email_clicked_at: null,
  };
}

function emailFlags(attributes: Attributes) {
  return {
    has_hard_bounced: false,
    marked_email_as_spam: false,
    unsubscribed_from_emails: attributes['unsubscribed_from_emails'] === true,
  };
}

function deviceFields() {
  return {
    browser: null,
    browser_version: null,
    browser_language: null,
    os: null,
    android_app_name: null,
    android_app_version: null,
    android_device: null,
    android_os_version: null,
    android_sdk_version: null,
    android_last_seen_at: null,
    ios_app_name: null,
    ios_app_version: null,
    ios_device: null,
    ios_os_version: null,
    ios_sdk_version: null,
    ios_last_seen_at: null,
    enabled_push_messaging: null,
  };
}

function originFields() {
  return {
    location: {
      type: 'location',
      country: null,
      region: null,
      city: null,
      country_code: null,
      continent_code: null,
    },
    utm_campaign: null,
    utm_content: null,
    utm_medium: null,
    utm_source: null,
    utm_term: null,
    referrer: null,
  };
}

/** Version 2.16 made it a string. */
function ownerId(attributes: Attributes, version: ApiVersion) {
  const owner = known(attributes, 'owner_id');
  return owner !== null && isSince(version, '2.16') ? String(owner) : owner;
}

const known = (attributes: Attributes, name: string) => attributes[name] ?? null;

function seconds(attributes: Attributes, name: string): number | null {
  const value = attributes[name];
  return typeof value === 'number' ? Math.floor(value) : null;
}
