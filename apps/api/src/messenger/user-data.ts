import { updateContact, upsertUser } from '#contracts';
import { type DomainError, STANDARD_ATTRIBUTES } from '#domain';
import { asNumber, objectOf, type PageData } from './page-data.js';
import { leftOut, readEach, type Values } from './read-each.js';

const { name, phone, avatar, language_override, unsubscribed_from_emails, signed_up_at } =
  updateContact.shape;
const { utm_campaign, utm_content, utm_medium, utm_source, utm_term } = upsertUser.shape;

const ATTRIBUTES = {
  name,
  phone,
  avatar,
  language_override,
  unsubscribed_from_emails,
  signed_up_at,
};
const CAMPAIGN = {
  utm_campaign,
  utm_content,
  utm_medium,
  utm_source,
  utm_term,
};

export type Campaign = Values<typeof CAMPAIGN>;

/** What a page says of its visitor, sorted by what it is; `warnings` tell what cannot be taken. */
export interface UserData {
  readonly attributes: Values<typeof ATTRIBUTES>;
  readonly customAttributes: PageData;
  readonly companies: readonly unknown[];
  /** `utm_*`, which count as those of the landing page. */
  readonly campaign: Campaign;
  readonly warnings: readonly DomainError[];
}

/** Who somebody is was read before; companies and custom attributes are read in ways of their own. */
const READ_ELSEWHERE = new Set([
  'user_id',
  'email',
  'user_hash',
  'intercom_user_jwt',
  'company',
  'companies',
  'custom_attributes',
]);

/** What version 1 has names for, beside the standard attributes: Muster's own to keep (reference 1.1). */
const OLD_NAMES = [
  'anonymous',
  'last_request_at',
  'last_seen_ip',
  'last_seen_user_agent',
  'location_data',
  'new_session',
  'pseudonym',
  'remote_created_at',
  'segments',
  'session_count',
  'tags',
  'update_last_request_at',
  'user_agent_data',
];

const RESERVED = new Set([...Object.keys(STANDARD_ATTRIBUTES), ...OLD_NAMES]);

/**
 * Sorts what a page says. `created_at` means when somebody signed up (reference 1.1, the trap); a name that is neither
 * standard nor reserved is a custom attribute's.
 */
export function readUserData({ created_at, ...given }: PageData): UserData {
  const signedUpAt = created_at === undefined ? given['signed_up_at'] : created_at;
  const data = signedUpAt === undefined ? given : { ...given, signed_up_at: asNumber(signedUpAt) };
  const attributes = readEach(ATTRIBUTES, data);
  const campaign = readEach(CAMPAIGN, data);
  const others = namesBeside(data, [ATTRIBUTES, CAMPAIGN]);
  const reserved = others.filter((key) => RESERVED.has(key));
  const custom = others.filter((key) => !RESERVED.has(key)).map((key) => [key, data[key]]);
  return {
    attributes: attributes.values,
    campaign: campaign.values,
    customAttributes: { ...objectOf(data['custom_attributes']), ...Object.fromEntries(custom) },
    companies: companiesOf(data),
    warnings: [...attributes.warnings, ...campaign.warnings, ...reserved.map((key) => leftOut(key, RULE))],
  };
}

const RULE = 'a browser cannot set it';

const namesBeside = (data: PageData, read: readonly object[]): string[] =>
  Object.keys(data).filter(
    (key) => !READ_ELSEWHERE.has(key) && read.every((known) => !Object.hasOwn(known, key)),
  );

/** One company, or a list of them. */
function companiesOf({ company, companies }: PageData): unknown[] {
  const one = company === undefined || company === null ? [] : [company];
  return Array.isArray(companies) ? [...one, ...companies] : one;
}
