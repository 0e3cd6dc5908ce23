import { afterAll, beforeAll, expect, it } from '@jest/globals';
import type { Intercom, IntercomClient } from 'intercom-client';
import { TestSdk } from '../support/test-sdk.js';

let make: TestSdk;
let sdk: IntercomClient;
beforeAll(async () => {
  make = await TestSdk.start();
  sdk = make.client;
});
afterAll(() => make.api.close());

const AN_ID = expect.stringMatching(/^[0-9a-f]{24}$/);
const A_TIME = expect.any(Number);

/** Every field that the SDK knows must be there; what Muster has besides is checked by `toEqual`. */
type Golden<T> = { [K in keyof Required<T>]: unknown } & Record<string, unknown>;

const emptyList = (url: string) => ({ type: 'list', data: [], url, total_count: 0, has_more: false });

it('a contact has every field of the SDK, those of real answers, and our sessions', async () => {
  const owner_id = Number(await make.me());
  const written = {
    external_id: 'golden',
    email: 'Ada@Example.com',
    phone: '+353 1 234',
    name: 'Ada',
    signed_up_at: 1_600_000_000,
    last_seen_at: 1_700_000_000,
    owner_id,
    unsubscribed_from_emails: true,
    custom_attributes: { plan: 'pro', seats: 3, vip: true },
  };
  const contact = await sdk.contacts.create({ ...written, avatar: 'https://example.com/a.png' });
  const { id } = contact;

  expect(contact).toEqual({
    ...written,
    type: 'contact',
    id: AN_ID,
    workspace_id: 'demo',
    role: 'user',
    email: 'ada@example.com',
    email_domain: 'example.com',
    formatted_phone: null,
    avatar: { type: 'avatar', image_url: 'https://example.com/a.png' },
    social_profiles: { type: 'list', data: [] },
    has_hard_bounced: false,
    marked_email_as_spam: false,
    created_at: A_TIME,
    updated_at: A_TIME,
    last_replied_at: null,
    last_contacted_at: null,
    last_email_opened_at: null,
    last_email_clicked_at: null,
    language_override: null,
    browser: null,
    browser_version: null,
    browser_language: null,
    os: null,
    location: {
      type: 'location',
      country: null,
      region: null,
      city: null,
      country_code: null,
      continent_code: null,
      postal_code: null,
      timezone: null,
    },
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
    utm_campaign: null,
    utm_content: null,
    utm_medium: null,
    utm_source: null,
    utm_term: null,
    referrer: null,
    tags: emptyList(`/contacts/${id}/tags`),
    notes: emptyList(`/contacts/${id}/notes`),
    companies: emptyList(`/contacts/${id}/companies`),
    opted_out_subscription_types: emptyList(`/contacts/${id}/subscriptions`),
    opted_in_subscription_types: emptyList(`/contacts/${id}/subscriptions`),
    web_sessions: 0,
    ios_sessions: 0,
    android_sessions: 0,
  } satisfies Golden<Intercom.Contact>);
});

it('a company has every field of the SDK, and notes', async () => {
  const written = {
    company_id: 'golden',
    name: 'Acme',
    size: 3,
    website: 'https://acme.example',
    industry: 'Mining',
    monthly_spend: 100,
    remote_created_at: 1_600_000_000,
    custom_attributes: { tier: 'gold' },
  };

  expect(await sdk.companies.createOrUpdate({ ...written, plan: 'Gold' })).toEqual({
    ...written,
    type: 'company',
    id: AN_ID,
    app_id: 'demo',
    plan: { type: 'plan', id: 'Gold', name: 'Gold' },
    created_at: A_TIME,
    updated_at: A_TIME,
    last_request_at: null,
    session_count: 0,
    user_count: 0,
    tags: { type: 'tag.list', tags: [] },
    segments: { type: 'segment.list', segments: [] },
    notes: { type: 'note.list', notes: [] },
  } satisfies Golden<Intercom.Company>);
});

it('a tag says when and by whom it was applied', async () => {
  const [contact_id, { id, name }] = [await make.user(), await make.tag()];

  expect(await sdk.tags.find({ tag_id: id })).toEqual({
    type: 'tag',
    id: expect.stringMatching(/^\d+$/),
    name,
  });
  expect(await sdk.tags.tagContact({ contact_id, id })).toEqual({
    type: 'tag',
    id,
    name,
    applied_at: A_TIME,
    applied_by: { type: 'admin', id: await make.me() },
  } satisfies Golden<Intercom.Tag>);
});

/** Muster has no teams: what ranks them is left out, and so is the reason to be away. */
const anAdmin = (id: string) =>
  ({
    type: 'admin',
    id,
    name: 'Owner',
    email: 'owner@demo.example',
    job_title: null,
    away_mode_enabled: false,
    away_mode_reassign: false,
    has_inbox_seat: false,
    team_ids: [],
    avatar: null,
  }) satisfies Golden<Omit<Intercom.Admin, 'away_status_reason_id' | 'team_priority_level'>>;

it('an admin has every field of the SDK that is not about teams', async () => {
  const id = await make.me();

  expect(await sdk.admins.find({ admin_id: Number(id) })).toEqual(anAdmin(id));
  expect((await sdk.admins.list()).admins).toEqual([anAdmin(id)]);
});

it('a note has every field of the SDK', async () => {
  const contact_id = await make.user();

  expect(await sdk.notes.create({ contact_id, body: 'Called', admin_id: await make.me() })).toEqual({
    type: 'note',
    id: expect.stringMatching(/^\d+$/),
    created_at: A_TIME,
    contact: { type: 'contact', id: contact_id },
    author: anAdmin(await make.me()),
    body: '<p>Called</p>',
  } satisfies Golden<Intercom.Note>);
});

it('a segment has every field of the SDK, its filter and how far its members are known', async () => {
  const segment_id = await make.segment('nobody');

  expect(await sdk.segments.find({ segment_id })).toEqual({
    type: 'segment',
    id: AN_ID,
    name: expect.any(String),
    created_at: A_TIME,
    updated_at: A_TIME,
    person_type: 'contact',
    count: 0,
    filter: { field: 'external_id', operator: '=', value: 'nobody' },
    backfill: { state: 'done', done: expect.any(Number), total: expect.any(Number) },
  } satisfies Golden<Intercom.Segment>);
});

it('a data attribute has every field of the SDK', async () => {
  const options = [{ value: '1-10' }, { value: '11-50' }];
  const attribute = {
    name: 'Range',
    model: 'contact',
    data_type: 'options',
    options,
    description: 'How many',
  };

  expect(await sdk.dataAttributes.create(attribute as Intercom.CreateDataAttributeRequest)).toEqual({
    type: 'data_attribute',
    id: A_TIME,
    model: 'contact',
    name: 'Range',
    full_name: 'custom_attributes.Range',
    label: 'Range',
    description: 'How many',
    data_type: 'string',
    options: ['1-10', '11-50'],
    api_writable: true,
    messenger_writable: true,
    ui_writable: true,
    custom: true,
    archived: false,
    created_at: A_TIME,
    updated_at: A_TIME,
    admin_id: await make.me(),
  } satisfies Golden<Intercom.DataAttribute>);
});

it('an event summary has every field of the SDK, its times in ISO 8601', async () => {
  const email = 'summed@example.com';
  const id = await make.user({ external_id: 'summed', email });

  expect(await sdk.events.list({ type: 'user', email, summary: true })).toEqual({
    type: 'event.summary',
    email,
    intercom_user_id: id,
    user_id: 'summed',
    events: [],
  } satisfies Golden<Intercom.DataEventSummary>);
  await sdk.events.create({ id, event_name: 'bought', created_at: 1_700_000_000 });
  expect(await make.summaries({ type: 'user', email })).toEqual([
    {
      name: 'bought',
      first: '2023-11-14T22:13:20.000Z',
      last: '2023-11-14T22:13:20.000Z',
      count: 1,
      description: '',
    } satisfies Golden<Intercom.DataEventSummaryItem>,
  ]);
});

it('a subscription type has every field of the SDK', async () => {
  const id = await make.subscriptionType();
  const { data = [] } = await sdk.subscriptionTypes.list();
  const translation = { name: expect.any(String), description: '', locale: 'en' };

  expect(data.find((type) => type.id === id)).toEqual({
    type: 'subscription',
    id,
    state: 'live',
    default_translation: translation,
    translations: [translation],
    consent_type: 'opt_out',
    content_types: ['email'],
  } satisfies Golden<Intercom.SubscriptionType>);
});

/** The SDK misspells `last_request_at`, which is what real answers have (reference 1.3). */
it('a visitor has every field of the SDK', async () => {
  const user_id = await make.visitor();

  expect(await sdk.visitors.find({ user_id })).toEqual({
    type: 'visitor',
    id: AN_ID,
    user_id,
    anonymous: true,
    email: '',
    phone: null,
    name: null,
    pseudonym: null,
    avatar: { type: 'avatar', image_url: null },
    app_id: 'demo',
    companies: { type: 'company.list', companies: [] },
    location_data: {
      type: 'location_data',
      country_name: null,
      region_name: null,
      city_name: null,
      country_code: null,
      continent_code: null,
      postal_code: null,
      timezone: null,
      latitude: null,
      longitude: null,
    },
    last_request_at: null,
    created_at: A_TIME,
    remote_created_at: null,
    signed_up_at: null,
    updated_at: A_TIME,
    session_count: 0,
    social_profiles: { type: 'social_profile.list', social_profiles: [] },
    owner_id: null,
    unsubscribed_from_emails: false,
    marked_email_as_spam: false,
    has_hard_bounced: false,
    tags: { type: 'tag.list', tags: [] },
    segments: { type: 'segment.list', segments: [] },
    custom_attributes: {},
    referrer: null,
    utm_campaign: null,
    utm_content: null,
    utm_medium: null,
    utm_source: null,
    utm_term: null,
    do_not_track: null,
  } satisfies Golden<Omit<Intercom.Visitor, 'las_request_at'>>);
});
