/** What a filter may compare: `date` is a number on the wire (unix seconds) with the date operators on top. */
export type DataType = 'string' | 'number' | 'boolean' | 'date';

export interface StandardAttribute {
  readonly type: DataType;
  /** Whether a client may set it; the rest is Muster's own to keep. */
  readonly writable: boolean;
  /** What people call it (reference 1.1). */
  readonly label: string;
  /** Whether a filter may read it. */
  readonly filterable: boolean;
}

/** The attribute that counts the sessions of a platform. */
export const SESSION_COUNT = {
  web: 'web_sessions',
  ios: 'ios_sessions',
  android: 'android_sessions',
} as const;

const kept = (type: DataType, label: string): StandardAttribute => ({
  type,
  writable: false,
  label,
  filterable: true,
});
const written = (type: DataType, label: string): StandardAttribute => ({
  type,
  writable: true,
  label,
  filterable: true,
});

const whoItIs = {
  id: kept('string', 'ID'),
  workspace_id: { ...kept('string', 'Workspace ID'), filterable: false },
  role: written('string', 'Contact role'),
  external_id: written('string', 'User ID'),
  email: written('string', 'Email'),
  email_domain: kept('string', 'Email domain'),
  phone: written('string', 'Phone'),
  formatted_phone: kept('string', 'Formatted phone'),
  name: written('string', 'Name'),
  avatar: written('string', 'Avatar image url'),
  owner_id: written('number', 'Owner'),
  language_override: written('string', 'Language Override'),
};

const whenItWas = {
  created_at: kept('date', 'First Seen'),
  updated_at: kept('date', 'Updated at'),
  signed_up_at: written('date', 'Signed up'),
  last_seen_at: written('date', 'Last seen'),
  last_replied_at: kept('date', 'Last heard from'),
  last_contacted_at: kept('date', 'Last contacted'),
  last_email_opened_at: kept('date', 'Last opened email'),
  last_email_clicked_at: kept('date', 'Last clicked on link in email'),
  [SESSION_COUNT.web]: kept('number', 'Web sessions'),
  [SESSION_COUNT.ios]: kept('number', 'iOS sessions'),
  [SESSION_COUNT.android]: kept('number', 'Android sessions'),
};

const howMailFares = {
  unsubscribed_from_emails: written('boolean', 'Unsubscribed from Emails'),
  marked_email_as_spam: kept('boolean', 'Marked email as spam'),
  has_hard_bounced: kept('boolean', 'Has hard bounced'),
};

const fromWhere = {
  browser: kept('string', 'Browser'),
  browser_version: kept('string', 'Browser Version'),
  browser_language: kept('string', 'Browser Language'),
  os: kept('string', 'OS'),
  'location.country': kept('string', 'Country'),
  'location.region': kept('string', 'Region'),
  'location.city': kept('string', 'City'),
  'location.country_code': kept('string', 'Country code'),
  'location.continent_code': kept('string', 'Continent code'),
  'location.postal_code': kept('string', 'Postal code'),
  'location.timezone': kept('string', 'Timezone'),
  last_seen_ip: { ...kept('string', 'Last seen IP'), filterable: false },
  utm_campaign: kept('string', 'UTM Campaign'),
  utm_content: kept('string', 'UTM Content'),
  utm_medium: kept('string', 'UTM Medium'),
  utm_source: kept('string', 'UTM Source'),
  utm_term: kept('string', 'UTM Term'),
  referrer: kept('string', 'Referral URL'),
};

const onMobile = {
  android_app_name: kept('string', 'Android App name'),
  android_app_version: kept('string', 'Android App version'),
  android_device: kept('string', 'Android Device'),
  android_os_version: kept('string', 'Android OS version'),
  android_sdk_version: kept('string', 'Android SDK version'),
  android_last_seen_at: kept('date', 'Last seen on Android'),
  ios_app_name: kept('string', 'iOS App name'),
  ios_app_version: kept('string', 'iOS App version'),
  ios_device: kept('string', 'iOS Device'),
  ios_os_version: kept('string', 'iOS OS version'),
  ios_sdk_version: kept('string', 'iOS SDK version'),
  ios_last_seen_at: kept('date', 'Last seen on iOS'),
  enabled_push_messaging: kept('boolean', 'Enabled push messaging'),
};

/**
 * The standard attributes of a contact by their API name, a dot where the contact object nests them (reference 1.1).
 * `workspace_id` is the same for all contacts and lives with none of them.
 */
export const STANDARD_ATTRIBUTES: Readonly<Record<string, StandardAttribute>> = {
  ...whoItIs,
  ...whenItWas,
  ...howMailFares,
  ...fromWhere,
  ...onMobile,
};

/** Names as Intercom's search misspells them (reference 1.1), and the attributes that are meant. */
const MISSPELT: Readonly<Record<string, string>> = {
  andoid_sdk_version: 'android_sdk_version',
  ios_app_device: 'ios_device',
};

const CUSTOM = 'custom_attributes.';

/** The name of the custom attribute that a field is; undefined for any other field. */
export function customName(field: string): string | undefined {
  return field.startsWith(CUSTOM) ? field.slice(CUSTOM.length) : undefined;
}

/** The field that a filter means: Intercom's documentation lists some misspelt. */
export function canonicalField(name: string): string {
  return Object.hasOwn(MISSPELT, name) ? (MISSPELT[name] ?? name) : name;
}

/**
 * The type of what a filter reads; undefined when it may not read it. Custom attributes take the type of their value;
 * a name that ends in `_at` is a date, as Intercom types it.
 */
export function typeOfField(field: string): DataType | 'any' | undefined {
  if (customName(field) !== undefined) return field.endsWith('_at') ? 'date' : 'any';
  const attribute = Object.hasOwn(STANDARD_ATTRIBUTES, field) ? STANDARD_ATTRIBUTES[field] : undefined;
  return attribute?.filterable ? attribute.type : undefined;
}
