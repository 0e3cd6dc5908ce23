import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { MAX_INLINE_COMPANIES, userAnswer } from '#contracts';
import { ApplyModule } from '#pipeline';
import { testApi, type TestApi } from '../../../../test/support/api.js';
import { otherWorkspace } from '../../../../test/support/other-workspace.js';
import { waitFor } from '../../../../test/support/wait-for.js';

const AT_ONCE = 50;
const NOBODY = '0123456789abcdef01234567';

let api: TestApi;
beforeAll(async () => {
  api = await testApi({ modules: [ApplyModule], jobs: ['apply.lanes'] });
});
afterAll(() => api.close());

/** As integrations of version 1 call. */
const call = (method: 'get' | 'post' | 'delete', path: string) =>
  api.send(method, path).set('Intercom-Version', '1.4');
const upsert = (body: object) => call('post', '/users').send(body);
const user = async (userId: string) => (await call('get', `/users?user_id=${userId}`)).body;

async function settled(): Promise<void> {
  await waitFor(async () => (await api.store.database.query('SELECT FROM inbox LIMIT 1')).length === 0);
}

describe('a user', () => {
  it('is answered field by field, as version 1 has it', async () => {
    const answer = await upsert({ user_id: 'bare' });
    const { id, created_at } = answer.body;

    expect(answer.status).toBe(200);
    expect(userAnswer.parse(answer.body)).toEqual({
      type: 'user',
      id: expect.stringMatching(/^[0-9a-f]{24}$/),
      user_id: 'bare',
      anonymous: false,
      email: null,
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
      last_seen_ip: null,
      created_at: expect.any(Number),
      remote_created_at: null,
      signed_up_at: null,
      updated_at: created_at,
      session_count: 0,
      social_profiles: { type: 'social_profile.list', social_profiles: [] },
      owner_id: null,
      unsubscribed_from_emails: false,
      marked_email_as_spam: false,
      has_hard_bounced: false,
      user_agent_data: null,
      tags: { type: 'tag.list', tags: [] },
      segments: { type: 'segment.list', segments: [] },
      custom_attributes: {},
      referrer: null,
      utm_campaign: null,
      utm_content: null,
      utm_medium: null,
      utm_source: null,
      utm_term: null,
    });
    expect((await call('get', `/users/${id}`)).body).toEqual(answer.body);
    expect(await user('bare')).toEqual(answer.body);
  });

  it('is written with all that a destination of version 1 sends, and is the contact of version 2', async () => {
    const { body } = await upsert({
      user_id: 'full',
      email: 'Full@Example.com',
      name: 'Full',
      phone: '+1',
      avatar: { type: 'avatar', image_url: 'https://a.example/b.png' },
      signed_up_at: 1_600_000_000,
      last_request_at: 1_700_000_000,
      last_seen_ip: '192.0.2.1',
      last_seen_user_agent: 'Mozilla/5.0',
      unsubscribed_from_emails: true,
      utm_source: 'ad',
      custom_attributes: { plan: 'pro' },
      companies: [{ company_id: 'c-full', name: 'Full Inc', plan: 'gold', custom_attributes: { seats: 5 } }],
    });
    const companies = { companies: [{ type: 'company', company_id: 'c-full', name: 'Full Inc' }] };

    expect(userAnswer.parse(body)).toMatchObject({
      email: 'full@example.com',
      avatar: { image_url: 'https://a.example/b.png' },
      signed_up_at: 1_600_000_000,
      remote_created_at: 1_600_000_000,
      last_request_at: 1_700_000_000,
      last_seen_ip: '192.0.2.1',
      unsubscribed_from_emails: true,
      utm_source: 'ad',
      custom_attributes: { plan: 'pro' },
      companies,
    });
    expect((await api.send('get', `/contacts/${body.id}`)).body).toMatchObject({
      role: 'user',
      external_id: 'full',
      last_seen_at: 1_700_000_000,
      utm_source: 'ad',
      companies: { total_count: 1 },
    });
    expect((await api.send('get', '/companies?company_id=c-full')).body).toMatchObject({
      plan: { name: 'gold' },
      custom_attributes: { seats: 5 },
    });
    expect((await upsert({ user_id: 'full' })).body).toMatchObject({ last_seen_ip: '192.0.2.1' });
  });

  it.each([
    [{ remote_created_at: 10 }, 10],
    [{ created_at: 11 }, 11],
    [{ signed_up_at: 12, remote_created_at: 10, created_at: 11 }, 12],
  ])('signed up when %j says', async (times, expected) => {
    expect((await upsert({ user_id: 'signed', ...times })).body.signed_up_at).toBe(expected);
  });

  it('takes custom attributes by their older name, beside the newer one', async () => {
    const body = { user_id: 'older', custom_data: { a: 1, b: 1 }, custom_attributes: { b: 2 } };

    expect((await upsert(body)).body.custom_attributes).toEqual({ a: 1, b: 2 });
  });

  it('has unknown custom attributes refused where the workspace wants that, whole', async () => {
    await api.send('put', '/workspace').send({ unknown_attributes: 'reject' }).expect(200);
    const refused = await upsert({ user_id: 'strict', custom_attributes: { never_seen: 1 } });
    const company = { company_id: 'c-strict', custom_attributes: { never_seen: 1 } };
    const alike = await upsert({ user_id: 'strict', companies: [company] });
    const partial = await call('post', '/users?partial=true').send({ user_id: 'lax', companies: [company] });
    await api.send('put', '/workspace').send({ unknown_attributes: 'create' }).expect(200);

    expect([refused.status, alike.status, partial.status]).toEqual([400, 400, 200]);
    expect(alike.body.errors).toMatchObject([
      {
        field: 'companies.0.custom_attributes.never_seen',
        message: expect.stringMatching(/^companies\.0\.custom_attributes\.never_seen: no such attribute/),
      },
    ]);
    expect((await user('strict')).type).toBe('error.list');
    expect(partial.body.companies.companies).toMatchObject([{ company_id: 'c-strict' }]);
    expect(partial.body.warnings).toMatchObject([{ field: 'companies.0.custom_attributes.never_seen' }]);
  });

  it('shows its tags and segments', async () => {
    await upsert({ user_id: 'tagged' });
    await api.send('post', '/tags').send({ name: 'vip', users: [{ user_id: 'tagged' }] });
    expect((await user('tagged')).tags.tags).toMatchObject([{ type: 'tag', name: 'vip' }]);
  });
});

describe('an upsert finds its user', () => {
  it('by id first, and writes user_id and email', async () => {
    const { body } = await upsert({ user_id: 'i1', email: 'i1@example.com' });
    await upsert({ user_id: 'i2', email: 'i2@example.com' });
    const renamed = await upsert({ id: body.id, user_id: 'i1-new', email: 'i1-new@example.com' });

    expect(renamed.body).toMatchObject({ id: body.id, user_id: 'i1-new', email: 'i1-new@example.com' });
    expect((await user('i1')).type).toBe('error.list');
    expect((await upsert({ id: body.id, user_id: 'i2' })).status).toBe(409);
  });

  it('by user_id where the id is no user’s', async () => {
    const { body } = await upsert({ user_id: 'i3' });

    expect((await upsert({ id: NOBODY, user_id: 'i3' })).body.id).toBe(body.id);
    expect((await upsert({ id: 'x', user_id: 'i3' })).body.id).toBe(body.id);
    expect((await upsert({ id: NOBODY })).status).toBe(404);
  });

  it('by user_id, and writes the email', async () => {
    const { body } = await upsert({ user_id: 'u1', email: 'u1@example.com' });

    expect((await upsert({ user_id: 'u1', email: 'new-u1@example.com' })).body).toMatchObject({
      id: body.id,
      email: 'new-u1@example.com',
    });
  });

  it('by email, and gives the user_id to a user who has none, but not to one who has another', async () => {
    const { body: first } = await upsert({ email: 'e1@example.com', user_id: null });
    const { body: named } = await upsert({ email: 'e1@example.com', user_id: 'e1' });
    const { body: other } = await upsert({ email: 'e1@example.com', user_id: 'e1-other' });
    const unclear = await upsert({ email: 'e1@example.com', name: 'Who?' });

    expect(named).toMatchObject({ id: first.id, user_id: 'e1' });
    expect(other).toMatchObject({ user_id: 'e1-other', email: 'e1@example.com' });
    expect(other.id).not.toBe(first.id);
    expect(unclear.status).toBe(409);
    expect((await call('get', '/users?email=e1@example.com')).status).toBe(409);
  });

  it('among users only', async () => {
    const { body: lead } = await api.send('post', '/contacts').send({ role: 'lead', email: 'l@example.com' });

    expect((await upsert({ id: lead.id })).status).toBe(404);
    expect((await upsert({ email: 'l@example.com' })).body.id).not.toBe(lead.id);
    expect((await call('get', `/users/${lead.id}`)).status).toBe(404);
    expect((await call('delete', `/users/${lead.id}`)).status).toBe(404);
  });

  it('once, of many who ask at the same time', async () => {
    const answers = await Promise.all(
      Array.from({ length: AT_ONCE }, (_, i) =>
        upsert({
          user_id: 'same',
          email: 'same@example.com',
          custom_attributes: { [`a${i}`]: i },
          companies: [{ company_id: `same-${i % 3}` }, { company_id: `same-${(i + 1) % 3}` }],
        }),
      ),
    );
    const { id, custom_attributes, companies } = await user('same');

    expect(answers.map(({ status }) => status)).toEqual(Array(AT_ONCE).fill(200));
    expect(new Set(answers.map(({ body }) => body.id))).toEqual(new Set([id]));
    expect(Object.keys(custom_attributes)).toHaveLength(AT_ONCE);
    expect(companies.companies).toHaveLength(3);
  });
});

describe('the companies of an upsert', () => {
  const inside = async (userId: string) =>
    (await user(userId)).companies.companies.map((one: { company_id: string }) => one.company_id).sort();

  it('are made, changed, and left with "remove"', async () => {
    await upsert({ user_id: 'w1', companies: [{ company_id: 'w-a' }, { company_id: 'w-b', created_at: 5 }] });
    await upsert({
      user_id: 'w1',
      companies: [
        { company_id: 'w-a', remove: true },
        { company_id: 'w-c', name: 'C' },
        { company_id: 'w-none', remove: true },
      ],
    });

    expect(await inside('w1')).toEqual(['w-b', 'w-c']);
    expect((await api.send('get', '/companies?company_id=w-b')).body.remote_created_at).toBe(5);
    expect((await api.send('get', '/companies?company_id=w-none')).status).toBe(404);
  });

  it('are written with the user or not at all', async () => {
    await upsert({ user_id: 'w2', name: 'Before' });
    await api.store.database.query(
      `INSERT INTO contact_company (lane, contact_id, company_id, workspace_id, attached_at)
       SELECT lane, id, decode(lpad(to_hex(n), 24, '0'), 'hex'), workspace_id, now()
       FROM contact, generate_series(1, 1000) n WHERE external_id = 'w2'`,
    );
    const full = await upsert({
      user_id: 'w2',
      name: 'After',
      update_last_request_at: true,
      companies: [{ company_id: 'w-full' }],
    });

    expect(full.body.errors).toMatchObject([{ code: 'contact_company_limit_exceeded' }]);
    expect(await user('w2')).toMatchObject({ name: 'Before', last_request_at: null });
    expect((await api.send('get', '/companies?company_id=w-full')).status).toBe(404);
  });
});

describe('when a user was seen', () => {
  const state = async (userId: string) => {
    await settled();
    const { last_request_at, session_count } = await user(userId);
    return [last_request_at, session_count];
  };

  it('moves forwards only, and is no session', async () => {
    await upsert({ user_id: 's1', last_request_at: 1_700_000_100 });
    const { body } = await upsert({ user_id: 's1', last_request_at: 1_700_000_000, name: 'S' });

    expect(body.last_request_at).toBe(1_700_000_100);
    expect(await state('s1')).toEqual([1_700_000_100, 0]);
  });

  it('is now with "update_last_request_at", one session for all that are near', async () => {
    const before = Math.floor(api.clock.now());
    const { body } = await upsert({ user_id: 's2', update_last_request_at: true });
    await upsert({ user_id: 's2', update_last_request_at: true });
    await upsert({ user_id: 's2', update_last_request_at: false });

    expect(body.last_request_at).toBeGreaterThanOrEqual(before);
    expect((await state('s2'))[1]).toBe(1);
  });

  it('counts a session with "new_session", however near the one before', async () => {
    await upsert({ user_id: 's3', update_last_request_at: true });
    await upsert({ user_id: 's3', new_session: true });
    await upsert({ user_id: 's3', new_session: true });
    await upsert({ user_id: 's3', update_last_request_at: true });

    expect((await state('s3'))[1]).toBe(3);
  });

  it('counts each told session once, repeated and in any order', async () => {
    const at = 1_700_000_000;
    const calls = [
      { last_request_at: at, new_session: true },
      { last_request_at: at + 60, update_last_request_at: true },
      { last_request_at: at + 120, new_session: true },
      { last_request_at: at + 90, update_last_request_at: true },
      { last_request_at: at + 1_900, update_last_request_at: true },
      { last_request_at: at + 9_000, new_session: true },
    ];
    const orders = [calls, calls.toReversed(), [...calls, ...calls], [3, 5, 0, 2, 4, 1].map((i) => calls[i])];
    for (const [turn, order] of orders.entries()) {
      for (const [i, body] of order.entries()) {
        await upsert({ user_id: `any-${turn}`, ...body });
        if (i % (turn + 1) === 0) await settled();
      }
    }

    for (const turn of orders.keys()) expect(await state(`any-${turn}`)).toEqual([at + 9_000, 3]);
  });

  it('is joined when contacts are merged, and a told session stays one', async () => {
    const at = 1_700_000_000;
    const { body: lead } = await api.send('post', '/contacts').send({ role: 'lead' });
    const { body } = await upsert({ user_id: 's4', last_request_at: at, new_session: true });
    await api.send('post', '/ping').send({ id: lead.id, created_at: at - 60 });
    await settled();
    await api.send('post', '/contacts/merge').send({ from: lead.id, into: body.id }).expect(200);

    expect(await state('s4')).toEqual([at, 2]);
  });
});

describe('a deleted user', () => {
  it('is archived, not there for version 1, and comes back when it is written', async () => {
    const { body } = await upsert({ user_id: 'd1', email: 'd1@example.com' });
    const deleted = await call('delete', `/users/${body.id}`);

    expect(userAnswer.parse(deleted.body)).toMatchObject({ id: body.id, user_id: 'd1' });
    expect((await api.send('post', '/contacts').send({ external_id: 'd1' })).body.errors).toMatchObject([
      { code: 'conflict', archived: true },
    ]);
    expect((await call('get', `/users/${body.id}`)).status).toBe(404);
    expect((await call('delete', '/users?user_id=d1')).status).toBe(404);
    expect((await upsert({ user_id: 'd1' })).body.id).toBe(body.id);
    expect((await call('delete', '/users?email=d1@example.com')).body.id).toBe(body.id);
    expect((await upsert({ id: body.id })).body.id).toBe(body.id);
  });

  it('that is blocked never comes back', async () => {
    const { body } = await upsert({ user_id: 'd2' });
    await api.send('post', `/contacts/${body.id}/block`).expect(200);

    expect((await upsert({ user_id: 'd2' })).body.errors).toMatchObject([{ code: 'not_restorable' }]);
  });

  it('is erased with all that is known of it', async () => {
    const { body } = await upsert({ user_id: 'd3', new_session: true, companies: [{ company_id: 'd-c' }] });
    await call('post', '/user_delete_requests').send({ intercom_user_id: body.id }).expect(200);
    await settled();

    expect((await call('get', `/users/${body.id}`)).status).toBe(404);
    expect((await upsert({ user_id: 'd3' })).body).toMatchObject({
      session_count: 0,
      companies: { companies: [] },
    });
  });
});

describe('bad input', () => {
  const companies = (count: number) => Array.from({ length: count }, (_, i) => ({ company_id: `many-${i}` }));

  it.each([
    [{}, 'user_id'],
    [{ name: 'Nobody' }, 'user_id'],
    [{ user_id: null, email: null }, 'user_id'],
    [{ user_id: 'b', nickname: 'x' }, 'nickname'],
    [{ user_id: 'b', email: 'none' }, 'email'],
    [{ user_id: 'b', new_session: 'yes' }, 'new_session'],
    [{ user_id: 'b', last_request_at: 1_700_000_000_000 }, 'last_request_at'],
    [{ user_id: 'b', companies: {} }, 'companies'],
    [{ user_id: 'b', companies: [{ name: 'No id' }] }, 'companies.0.company_id'],
    [{ user_id: 'b', companies: [{ company_id: 'b', size: -1 }] }, 'companies.0.size'],
    [{ user_id: 'b', companies: companies(MAX_INLINE_COMPANIES + 1) }, 'companies'],
    [
      {
        user_id: 'b',
        companies: [{ company_id: 'b' }, { company_id: 'c', custom_attributes: { list: [] } }],
      },
      'companies.1.custom_attributes.list',
    ],
    [{ user_id: 'b', custom_attributes: { list: [] } }, 'custom_attributes.list'],
  ])('is refused: %j', async (body, field) => {
    const answer = await upsert(body);

    expect([answer.status, answer.body.errors[0].field]).toEqual([400, field]);
    expect((await user('b')).type).toBe('error.list');
  });

  it('is not what is at the limit', async () => {
    const answer = await upsert({ user_id: 'many', companies: companies(MAX_INLINE_COMPANIES) });

    expect(answer.body.companies.companies).toHaveLength(MAX_INLINE_COMPANIES);
  });
});

it('a user of another workspace is not found, and not written', async () => {
  const other = await otherWorkspace(api);
  const { body } = await upsert({
    user_id: 'wall',
    email: 'wall@example.com',
    companies: [{ company_id: 'wall' }],
  });
  const theirs = await other
    .send('post', '/users')
    .send({ id: body.id, user_id: 'wall', companies: [{ company_id: 'wall' }] });

  expect([theirs.status, theirs.body.id === body.id]).toEqual([200, false]);
  expect(theirs.body.companies.companies[0].id).not.toBe(body.companies.companies[0].id);
  expect((await other.send('get', `/users/${body.id}`)).status).toBe(404);
  expect((await other.send('get', '/users?email=wall@example.com')).status).toBe(404);
  expect((await other.send('delete', `/users/${body.id}`)).status).toBe(404);
  expect((await user('wall')).id).toBe(body.id);
});
