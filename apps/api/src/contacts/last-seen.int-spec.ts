import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import type { IntercomClient } from 'intercom-client';
import { ApplyModule } from '#pipeline';
import { testApi, type TestApi } from '../../../../test/support/api.js';
import { sdkOf } from '../../../../test/support/sdk.js';
import { waitFor } from '../../../../test/support/wait-for.js';

const AT = 1_700_000_000;
const HOUR = 3_600;

let api: TestApi;
let sdk: IntercomClient;
let made = 0;
let who: { id: string; user_id: string; email: string };
beforeAll(async () => {
  api = await testApi({ modules: [ApplyModule], jobs: ['apply.lanes'] });
  sdk = await sdkOf(api);
});
afterAll(() => api.close());
beforeEach(async () => {
  const user_id = `u${made++}`;
  const email = `${user_id}@example.com`;
  const { body } = await api
    .send('post', '/contacts')
    .send({ external_id: user_id, email, last_seen_at: AT, custom_attributes: { plan: 'free' } });
  who = { id: body.id, user_id, email };
});

/** The contact, once all that was accepted is applied. */
async function settled() {
  await waitFor(async () => (await api.store.database.query('SELECT FROM inbox LIMIT 1')).length === 0);
  return (await api.send('get', `/contacts/${who.id}`)).body;
}

type Send = (at: number) => Promise<{ readonly status: number }>;
const post = (path: string, body: object) => api.send('post', path).send(body);
const put = (path: string, body: object) => api.send('put', path).send(body);
const user = () => ({ user_id: who.user_id });

/** Every route by which a contact can be seen, at a time. */
const signs: [string, Send][] = [
  ['POST /ping', (at) => post('/ping', { ...user(), created_at: at })],
  ['POST /ping on ios', (at) => post('/ping', { ...user(), created_at: at, platform: 'ios' })],
  ['POST /activities', (at) => post('/activities', { ...user(), created_at: at })],
  [
    'POST /activities on android',
    (at) => post('/activities', { ...user(), created_at: at, platform: 'android' }),
  ],
  [
    'POST /activities/bulk',
    (at) => post('/activities/bulk', { activities: [{ ...user(), created_at: at }] }),
  ],
  ['PUT /contacts with last_seen_at', (at) => put(`/contacts/${who.id}`, { last_seen_at: at })],
  ['PUT /contacts with last_request_at', (at) => put(`/contacts/${who.id}`, { last_request_at: at })],
  [
    'PUT /contacts with new_session',
    (at) => put(`/contacts/${who.id}`, { new_session: true, last_request_at: at }),
  ],
  [
    'PUT /contacts with update_last_request_at',
    (at) => put(`/contacts/${who.id}`, { update_last_request_at: true, last_request_at: at }),
  ],
  [
    'POST /contacts/upsert with last_seen_at',
    (at) => post('/contacts/upsert', { external_id: who.user_id, last_seen_at: at }),
  ],
  ['POST /users with last_request_at', (at) => post('/users', { ...user(), last_request_at: at })],
  [
    'POST /users with new_session',
    (at) => post('/users', { ...user(), new_session: true, last_request_at: at }),
  ],
];

/** Every route by which a server writes about a contact that was not seen, whatever time is written. */
const writes: [string, Send][] = [
  ['POST /events', (at) => post('/events', { ...user(), event_name: 'paid', created_at: at })],
  [
    'POST /events/bulk',
    (at) => post('/events/bulk', { events: [{ ...user(), event_name: 'paid', created_at: at }] }),
  ],
  [
    'POST /events/summaries',
    (at) =>
      post('/events/summaries', {
        ...user(),
        event_summaries: [{ event_name: 'paid', count: 1, first: AT, last: at }],
      }),
  ],
  [
    'PUT /contacts',
    (at) => put(`/contacts/${who.id}`, { name: 'A', signed_up_at: at, custom_attributes: { plan: 'pro' } }),
  ],
  ['PUT /contacts with flags that are off', () => put(`/contacts/${who.id}`, flags(false))],
  ['PUT /contacts with flags of null', () => put(`/contacts/${who.id}`, flags(null))],
  ['POST /contacts/upsert', () => post('/contacts/upsert', { external_id: who.user_id, name: 'A' })],
  ['POST /users', () => post('/users', { ...user(), name: 'A', ...flags(false) })],
  ['POST /users with companies', () => post('/users', { ...user(), companies: [{ company_id: 'c1' }] })],
  ['POST /contacts/{id}/notes', () => post(`/contacts/${who.id}/notes`, { body: 'called' })],
  ['POST /tags', () => post('/tags', { name: 'vip', users: [{ id: who.id }] })],
  ['POST /contacts/{id}/archive', () => post(`/contacts/${who.id}/archive`, {})],
];

const flags = (value: boolean | null) => ({ new_session: value, update_last_request_at: value });

describe('last seen', () => {
  it.each(signs)('moves forwards with %s', async (_, send) => {
    expect((await send(AT + HOUR)).status).toBeLessThan(300);
    expect((await settled()).last_seen_at).toBe(AT + HOUR);
  });

  it.each(signs)('does not move backwards with %s', async (_, send) => {
    expect((await send(AT - HOUR)).status).toBeLessThan(300);
    expect((await settled()).last_seen_at).toBe(AT);
  });

  it.each(writes)('does not move with %s', async (_, send) => {
    expect((await send(AT + HOUR)).status).toBeLessThan(300);
    expect((await settled()).last_seen_at).toBe(AT);
  });

  it('is forgotten where null says so', async () => {
    expect((await put(`/contacts/${who.id}`, { last_seen_at: null })).body.last_seen_at).toBeNull();
  });
});

describe('a session that a server counts', () => {
  it.each<[string, object, number]>([
    ['each call with new_session', { new_session: true }, 2],
    ['calls of one moment with new_session', { new_session: true, last_request_at: AT + 10 }, 1],
    ['calls with update_last_request_at', { update_last_request_at: true }, 1],
    ['no call with last_seen_at alone', { last_seen_at: AT + 10 }, 0],
    ['no call with flags that are off', flags(false), 0],
  ])('is one for %s', async (_, body, sessions) => {
    for (let i = 0; i < 2; i++) {
      api.clock.advance(10);
      expect((await put(`/contacts/${who.id}`, body)).status).toBe(200);
    }
    expect((await settled()).web_sessions).toBe(sessions);
  });

  it('starts with a contact that is created', async () => {
    const { body } = await post('/contacts', { external_id: 'first', new_session: true, last_seen_at: AT });
    who = { ...who, id: body.id };
    expect(body.last_seen_at).toBe(AT);
    expect((await settled()).web_sessions).toBe(1);
  });
});

describe('the official SDK', () => {
  it('says when a contact was seen', async () => {
    const contact = await sdk.contacts.update({ contact_id: who.id, last_seen_at: AT + HOUR });
    expect(contact.last_seen_at).toBe(AT + HOUR);
  });
});
