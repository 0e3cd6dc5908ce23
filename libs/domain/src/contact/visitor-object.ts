import { known, seconds } from '../attribute/read-attributes.js';
import type { Contact } from './contact.js';

/** A visitor in the v1 shape that Intercom keeps for it (reference 1.3). Times are whole unix seconds. */
export function visitorObject({ id, attributes, customAttributes }: Contact, appId: string) {
  const text = (name: string) => attributes[name] ?? '';
  return {
    type: 'visitor',
    id,
    user_id: text('anonymous_id'),
    anonymous: true,
    email: text('email'),
    phone: known(attributes, 'phone'),
    name: known(attributes, 'name'),
    pseudonym: null,
    avatar: { type: 'avatar', image_url: known(attributes, 'avatar') },
    app_id: appId,
    companies: { type: 'company.list', companies: [] },
    location_data: { type: 'location_data' },
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
    tags: { type: 'tag.list', tags: [] },
    segments: { type: 'segment.list', segments: [] },
    custom_attributes: { ...customAttributes },
    referrer: null,
    utm_campaign: null,
    utm_content: null,
    utm_medium: null,
    utm_source: null,
    utm_term: null,
    do_not_track: null,
  };
}
