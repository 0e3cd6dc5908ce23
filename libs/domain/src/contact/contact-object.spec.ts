import { describe, expect, it } from '@jest/globals';
import { STANDARD_ATTRIBUTES } from '../attribute/standard-attributes.js';
import type { Contact } from './contact.js';
import { contactObject } from './contact-object.js';

const ID = '0123456789abcdef01234567';

function aContact(
  attributes: Contact['attributes'],
  customAttributes: Contact['customAttributes'] = {},
): Contact {
  return {
    id: ID,
    workspaceId: 1,
    attributes,
    customAttributes,
    attributeTimes: {},
    archivedAt: null,
    blockedAt: null,
    sequence: 0,
    nextDueAt: null,
  };
}

const nested = (prefix: string, object: object) =>
  Object.fromEntries(Object.entries(object).map(([name, value]) => [`${prefix}.${name}`, value]));

/** The fields of the contact object as the reference names them (API 2.14), Muster's counts of sessions among them. */
const FIELDS =
  `type id workspace_id external_id role email email_domain phone formatted_phone name avatar owner_id
  social_profiles has_hard_bounced marked_email_as_spam unsubscribed_from_emails created_at updated_at signed_up_at
  last_seen_at last_replied_at last_contacted_at last_email_opened_at last_email_clicked_at language_override browser
  browser_version browser_language os location android_app_name android_app_version android_device android_os_version
  android_sdk_version android_last_seen_at ios_app_name ios_app_version ios_device ios_os_version ios_sdk_version
  ios_last_seen_at custom_attributes tags notes companies opted_out_subscription_types opted_in_subscription_types
  utm_campaign utm_content utm_medium utm_source utm_term referrer enabled_push_messaging web_sessions
  ios_sessions android_sessions`.split(/\s+/);

describe('the contact object', () => {
  it('has every field of the reference, whatever is known', () => {
    const object = contactObject(aContact({ role: 'lead', created_at: 1, updated_at: 1 }), { appId: 'demo' });

    expect(Object.keys(object).sort()).toEqual([...FIELDS].sort());
    expect(object).toMatchObject({ role: 'lead', email: null, name: null, signed_up_at: null, avatar: null });
  });

  it('names the workspace by its app id', () => {
    expect(contactObject(aContact({}), { appId: 'demo' })).toMatchObject({
      type: 'contact',
      id: ID,
      workspace_id: 'demo',
    });
  });

  it('shows times as whole unix seconds', () => {
    const object = contactObject(aContact({ created_at: 1700000000.9, last_seen_at: 1700000001.5 }), {
      appId: 'demo',
    });

    expect(object).toMatchObject({ created_at: 1700000000, last_seen_at: 1700000001 });
  });

  it('derives the e-mail domain and wraps the avatar', () => {
    const object = contactObject(aContact({ email: 'a@b.example', avatar: 'https://b.example/a.png' }), {
      appId: 'demo',
    });

    expect(object.email_domain).toBe('b.example');
    expect(object.avatar).toEqual({ type: 'avatar', image_url: 'https://b.example/a.png' });
  });

  it('shows what is kept of devices, places and mail where Intercom has it', () => {
    const attributes = {
      last_replied_at: 1.5,
      has_hard_bounced: true,
      browser: 'firefox',
      'location.city': 'Dublin',
      android_sdk_version: '9',
      ios_last_seen_at: 2.5,
      utm_source: 'news',
      referrer: 'https://a.example',
      enabled_push_messaging: false,
    };

    expect(contactObject(aContact(attributes), { appId: 'demo' })).toMatchObject({
      last_replied_at: 1,
      has_hard_bounced: true,
      marked_email_as_spam: false,
      browser: 'firefox',
      location: { type: 'location', city: 'Dublin', country: null },
      android_sdk_version: '9',
      ios_last_seen_at: 2,
      utm_source: 'news',
      referrer: 'https://a.example',
      enabled_push_messaging: false,
    });
  });

  it('shows every attribute that a filter may read', () => {
    const values = { string: 'x', number: 7, boolean: true, date: 7 };
    const filterable = Object.entries(STANDARD_ATTRIBUTES).filter(([, { filterable }]) => filterable);
    const attributes = Object.fromEntries(filterable.map(([name, { type }]) => [name, values[type]]));
    const object = contactObject(aContact({ ...attributes, avatar: 'x' }), { appId: 'demo' });
    const shown: Record<string, unknown> = { ...object, ...nested('location', object.location) };

    for (const [name] of filterable.filter(([name]) => !['id', 'email_domain', 'avatar'].includes(name)))
      expect([name, shown[name]]).toEqual([name, attributes[name]]);
  });

  it('keeps false apart from unknown', () => {
    const object = contactObject(aContact({}, { vip: false, plan: 'pro', seats: 0 }), { appId: 'demo' });

    expect(object.custom_attributes).toEqual({ vip: false, plan: 'pro', seats: 0 });
    expect(object.unsubscribed_from_emails).toBe(false);
  });

  it('names the address of each relation', () => {
    expect(contactObject(aContact({}), { appId: 'demo' }).tags).toEqual({
      type: 'list',
      data: [],
      url: `/contacts/${ID}/tags`,
      total_count: 0,
      has_more: false,
    });
  });
});
