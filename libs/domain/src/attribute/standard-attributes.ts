/** What a filter may compare: `date` is a number on the wire (unix seconds) with the date operators on top. */
export type DataType = 'string' | 'number' | 'boolean' | 'date';

interface StandardAttribute {
  readonly type: DataType;
  /** Whether a client may set it; the rest is Muster's own to keep. */
  readonly writable: boolean;
}

const kept = (type: DataType): StandardAttribute => ({ type, writable: false });
const written = (type: DataType): StandardAttribute => ({ type, writable: true });

/** The standard attributes of a contact by their API name (reference: the contact object, Intercom API 2.14). */
export const STANDARD_ATTRIBUTES: Readonly<Record<string, StandardAttribute>> = {
  id: kept('string'),
  role: written('string'),
  external_id: written('string'),
  email: written('string'),
  email_domain: kept('string'),
  phone: written('string'),
  name: written('string'),
  avatar: written('string'),
  owner_id: written('number'),
  signed_up_at: written('date'),
  last_seen_at: written('date'),
  unsubscribed_from_emails: written('boolean'),
  language_override: written('string'),
  created_at: kept('date'),
  updated_at: kept('date'),
  web_sessions: kept('number'),
};

const CUSTOM = 'custom_attributes.';

/** Custom attributes take the type of their value; a name that ends in `_at` is a date, as Intercom types it. */
export function typeOfField(field: string): DataType | 'any' | undefined {
  if (!field.startsWith(CUSTOM)) return STANDARD_ATTRIBUTES[field]?.type;
  return field.endsWith('_at') ? 'date' : 'any';
}
