import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import request from 'supertest';
import { errorList, MAX_DATA, MAX_SIGNALS, type SignalReport, signalReport } from '#contracts';
import type { ActivityUpdate } from '#domain';
import { ApplyModule } from '#pipeline';
import { testApi, type TestApi } from '../../../../test/support/api.js';
import { otherWorkspace } from '../../../../test/support/other-workspace.js';
import { waitFor } from '../../../../test/support/wait-for.js';

const PROXY = '127.0.0.1';

let api: TestApi;
beforeAll(async () => {
  const settings = { MUSTER_TRUST_PROXY: PROXY };
  api = await testApi({ modules: [ApplyModule], jobs: ['apply.lanes'], settings });
});
afterAll(() => api.close());

const settled = () =>
  waitFor(async () => (await api.store.database.query('SELECT FROM inbox LIMIT 1')).length === 0);
const now = () => api.clock.now();

/** As a page does, which has no token. */
const send = (body: object, appId = 'demo') =>
  request(api.app.getHttpServer())
    .post(`/messenger/${appId}/signals`)
    .type('text/plain')
    .set('user-agent', 'Mozilla/5.0 (X11; Linux x86_64) Chrome/126.0.0.0 Safari/537.36')
    .send(JSON.stringify(body));

const signalOf = (overrides: object) => ({
  id: randomUUID(),
  at: now(),
  visitor_id: randomUUID(),
  ...overrides,
});

/** Sends one signal. */
async function say(overrides: object): Promise<SignalReport['items'][number]> {
  const answer = await send({ signals: [signalOf(overrides)] });
  expect(answer.status).toBe(202);
  const [item] = signalReport.parse(answer.body).items;
  if (!item) throw new Error('nothing was reported');
  await settled();
  return item;
}

const told = ({ warnings }: SignalReport['items'][number]) => warnings.map(({ field }) => field).sort();
const user = async (externalId: string) =>
  (await api.send('get', `/contacts/find_by_external_id/${externalId}`)).body;
const visitor = async (id: string) => (await api.send('get', `/visitors?user_id=${id}`)).body;

describe('a ping', () => {
  it('of nobody in particular makes a visitor, who was there', async () => {
    const visitor_id = randomUUID();
    const item = await say({ visitor_id, data: { plan: 'none' } });

    expect(item).toEqual({ accepted: true, errors: [], warnings: [] });
    expect(await visitor(visitor_id)).toMatchObject({
      user_id: visitor_id,
      session_count: 1,
      custom_attributes: { plan: 'none' },
    });
  });

  it('with user data makes a user of the visitor, with all that was known of it', async () => {
    const visitor_id = randomUUID();
    await say({ visitor_id, data: { seen: 'home' } });
    const { id } = await visitor(visitor_id);
    await say({
      visitor_id,
      data: { user_id: 'ada', email: 'Ada@Example.com', name: 'Ada', created_at: '1600000000', plan: 'pro' },
    });

    expect(await user('ada')).toMatchObject({
      id,
      role: 'user',
      email: 'ada@example.com',
      name: 'Ada',
      signed_up_at: 1_600_000_000,
      web_sessions: 1,
      custom_attributes: { seen: 'home', plan: 'pro' },
    });
  });

  it('names the user even where an id is a number', async () => {
    await say({ data: { user_id: 4711 } });

    expect(await user('4711')).toMatchObject({ role: 'user', external_id: '4711' });
  });

  it('takes the user to its companies, which were seen with it', async () => {
    const item = await say({
      data: {
        user_id: 'staff',
        company: { id: 'acme', name: 'Acme', created_at: 1_500_000_000, seats: 5, session_count: 9 },
        companies: [{ company_id: 7, plan: 'gold' }, { name: 'nameless' }],
      },
    });
    const { body } = await api.send('get', '/companies?company_id=acme');

    expect(told(item)).toEqual(['companies.0.session_count', 'companies.2']);
    expect(body).toMatchObject({
      name: 'Acme',
      remote_created_at: 1_500_000_000,
      custom_attributes: { seats: 5 },
      user_count: 1,
    });
    expect((await api.send('get', '/companies?company_id=7')).body).toMatchObject({ plan: { name: 'gold' } });
  });

  it('cannot say what is for Muster to keep, or for the workspace', async () => {
    await api
      .send('post', '/data_attributes')
      .send({ name: 'credit', model: 'contact', data_type: 'integer', messenger_writable: false });
    const reserved = {
      last_seen_at: 1,
      session_count: 99,
      role: 'lead',
      owner_id: 1,
      browser: 'x',
      tags: [],
    };
    const item = await say({
      data: { user_id: 'sly', ...reserved, credit: 1_000, nested: { a: 1 }, alignment: 'left' },
    });

    expect(item.accepted).toBe(true);
    expect(told(item)).toEqual([
      'browser',
      'custom_attributes.credit',
      'custom_attributes.nested',
      'last_seen_at',
      'owner_id',
      'role',
      'session_count',
      'tags',
    ]);
    expect(await user('sly')).toMatchObject({
      role: 'user',
      owner_id: null,
      web_sessions: 1,
      custom_attributes: {},
    });
    expect((await user('sly')).last_seen_at).toBeGreaterThan(1_700_000_000);
  });

  it.each(['', 'undefined', 'null', null])('takes %j for unknown', async (nothing) => {
    await say({ data: { user_id: 'cleared', name: 'Kay', plan: 'pro' } });
    await say({ data: { user_id: 'cleared', name: nothing, plan: nothing } });
    const item = await say({ data: { user_id: nothing, email: nothing } });

    expect(await user('cleared')).toMatchObject({ name: null, custom_attributes: {} });
    expect(item).toMatchObject({ accepted: true, warnings: [] });
  });

  it.each([
    ['milliseconds', { created_at: 1_600_000_000_000 }, ['signed_up_at']],
    ['an avatar that is no URL', { avatar: { type: 'avatar', image_url: 'me.png' } }, ['avatar']],
    ['an address that is none', { email: 'ada' }, ['email']],
  ])('is told of %s, and the rest is written', async (_, wrong, fields) => {
    const item = await say({ data: { user_id: 'partly', ...wrong, name: 'Partly' } });

    expect([item.accepted, told(item)]).toEqual([true, fields]);
    expect(await user('partly')).toMatchObject({
      name: 'Partly',
      signed_up_at: null,
      avatar: null,
      email: null,
    });
  });
});

describe('a page', () => {
  /** What the inbox holds of a ping, where nobody applies it. */
  async function takenIn(overrides: object) {
    const idle = await testApi();
    const signals = [signalOf({ data: { user_id: 'landed', utm_term: 'given' }, ...overrides })];
    await request(idle.app.getHttpServer())
      .post('/messenger/demo/signals')
      .set('accept-language', 'de-AT,de;q=0.9')
      .send({ signals });
    const [row] = await idle.store.database.query<{ payload: ActivityUpdate }>(
      `SELECT payload FROM inbox WHERE kind = 'activity'`,
    );
    await idle.close();
    return row?.payload;
  }

  it('says where the visitor came from, and in which language it reads', async () => {
    const url = 'https://shop.example/?utm_source=news&utm_campaign=may&utm_term=x&utm_medium=';
    const page = { url, referrer: 'https://search.example/' };

    expect(await takenIn({ page, language: 'fr' })).toMatchObject({
      platform: 'web',
      attributes: { browser_language: expect.stringMatching(/^fr/) },
      firstTouch: {
        referrer: 'https://search.example/',
        utm_source: 'news',
        utm_campaign: 'may',
        utm_term: 'given',
      },
    });
  });

  it('of the same site is not where the visitor came from; the browser says its language by itself', async () => {
    const page = { url: 'https://shop.example/b', referrer: 'https://shop.example/' };

    expect(await takenIn({ page })).toMatchObject({
      attributes: { browser_language: expect.stringMatching(/^de/) },
      firstTouch: { utm_term: 'given' },
    });
  });
});

describe('an event', () => {
  it('counts once, however often it is sent, and does not say that the user was there', async () => {
    const event = signalOf({
      data: { user_id: 'buyer' },
      event: { name: 'Bought', metadata: { amount: 5 } },
    });
    await send({ signals: [event, event] });
    await send({ signals: [event] });
    await settled();
    const { body } = await api.send('get', '/events?type=user&user_id=buyer&summary=true');

    expect(body.events).toMatchObject([{ name: 'bought', count: 1 }]);
    expect(await user('buyer')).toMatchObject({ last_seen_at: null, web_sessions: 0 });
  });
});

describe('signals', () => {
  it('are of when they were, by a clock that is wrong', async () => {
    const behind = now() - 86_400;
    const signal = signalOf({ at: behind - 600, data: { user_id: 'late' } });
    const answer = await send({ sent_at: behind, signals: [signal] });
    await settled();

    expect(answer.status).toBe(202);
    expect(Math.abs((await user('late')).last_seen_at - (now() - 600))).toBeLessThan(5);
  });

  it('are never of the future', async () => {
    await say({ at: now() + 3_600, data: { user_id: 'early' } });

    expect((await user('early')).last_seen_at).toBeLessThanOrEqual(now());
  });

  it('of one second are in their order', async () => {
    const at = Math.floor(now()) - 10;
    const signals = ['z', 'a'].map((plan, index) =>
      signalOf({ at: at + index / 1000, data: { user_id: 'quick', plan } }),
    );
    await send({ signals });
    await settled();

    expect(await user('quick')).toMatchObject({ custom_attributes: { plan: 'a' } });
  });

  it('are accepted and refused one by one', async () => {
    const { body, status } = await send({
      signals: [signalOf({ data: { user_id: 'ok' } }), { id: 'x' }, signalOf({ visitor_id: 'guess' })],
    });

    expect(status).toBe(202);
    expect(signalReport.parse(body)).toMatchObject({ accepted: 1, refused: 2 });
    expect(body.items[2].errors).toMatchObject([{ code: 'parameter_invalid', field: 'visitor_id' }]);
  });

  it('that are all refused are a failure', async () => {
    const answer = await send({ signals: [signalOf({ visitor_id: undefined })] });

    expect(answer.status).toBe(400);
    expect(errorList.parse(answer.body).errors).toMatchObject([
      { code: 'parameter_missing', field: 'visitor_id' },
    ]);
  });

  it('may be as many as the snippet keeps, and no more', async () => {
    const many = (count: number) => Array.from({ length: count }, () => signalOf({ visitor_id: KNOWN }));

    expect((await send({ signals: many(MAX_SIGNALS) })).status).toBe(202);
    expect((await send({ signals: many(MAX_SIGNALS + 1) })).status).toBe(400);
    expect((await send({ signals: [] })).status).toBe(400);
  });

  it('say no more than so many things each', async () => {
    const data = (count: number) =>
      Object.fromEntries(Array.from({ length: count }, (_, i) => [`k${i}`, null]));
    const say = async (count: number) =>
      (await send({ signals: [signalOf({ visitor_id: KNOWN, data: data(count) })] })).status;

    expect([await say(MAX_DATA), await say(MAX_DATA + 1)]).toEqual([202, 400]);
  });

  it('of an app that is not there are not taken, and those of another workspace stay there', async () => {
    const other = await otherWorkspace(api);
    const { body: workspace } = await other.send('get', '/workspace');
    await send({ signals: [signalOf({ data: { user_id: 'elsewhere' } })] }, workspace.id);

    expect((await send({ signals: [signalOf({})] }, 'nowhere')).status).toBe(404);
    expect((await user('elsewhere')).errors).toMatchObject([{ code: 'not_found' }]);
    expect((await other.send('get', '/contacts/find_by_external_id/elsewhere')).status).toBe(200);
  });
});

const KNOWN = randomUUID();

describe('a page of another origin', () => {
  it('may read the answer, also to what was refused and to what was no JSON', async () => {
    const answers = [
      await send({ signals: [signalOf({})] }),
      await send({ signals: [] }),
      await request(api.app.getHttpServer()).post('/messenger/demo/signals').type('text/plain').send('{'),
    ];

    expect(answers.map(({ status }) => status)).toEqual([202, 400, 400]);
    for (const { headers } of answers) expect(headers['access-control-allow-origin']).toBe('*');
  });

  it('may ask first', async () => {
    const answer = await request(api.app.getHttpServer()).options('/messenger/demo/signals');

    expect(answer.status).toBe(204);
    expect(answer.headers).toMatchObject({
      'access-control-allow-origin': '*',
      'access-control-allow-methods': 'POST',
      'access-control-allow-headers': 'content-type',
    });
  });

  it('may read nothing else', async () => {
    expect((await api.send('get', '/workspace')).headers).not.toHaveProperty('access-control-allow-origin');
  });
});

describe('the address of a client', () => {
  const sendFrom = (forwarded: string) =>
    send({ signals: [signalOf({ visitor_id: KNOWN })] }).set('x-forwarded-for', forwarded);

  it('is what a trusted proxy says, and has its own limit: a network, of IPv6', async () => {
    const limited = await testApi({
      settings: { MUSTER_TRUST_PROXY: PROXY, MUSTER_ADDRESS_RATE_LIMIT: 6 },
    });
    const from = (address: string) =>
      request(limited.app.getHttpServer())
        .post('/messenger/demo/signals')
        .set('x-forwarded-for', address)
        .send({});
    const statuses = [];
    for (const address of ['198.51.100.1', '198.51.100.2', '2001:db8::1', '2001:db8::2', '198.51.100.1'])
      statuses.push((await from(address)).status);
    const refused = await from('198.51.100.1');
    await limited.close();

    expect(statuses).toEqual([400, 400, 400, 429, 429]);
    expect(refused.headers).toMatchObject({
      'retry-after': expect.stringMatching(/^\d+$/),
      'access-control-allow-origin': '*',
    });
  });

  it('is taken', async () => {
    expect((await sendFrom('203.0.113.7')).status).toBe(202);
  });

  it('is not what anybody says where no proxy is trusted', async () => {
    const open = await testApi({ settings: { MUSTER_ADDRESS_RATE_LIMIT: 6 } });
    const from = (address: string) =>
      request(open.app.getHttpServer())
        .post('/messenger/demo/signals')
        .set('x-forwarded-for', address)
        .send({});
    const statuses = [(await from('198.51.100.1')).status, (await from('198.51.100.2')).status];
    await open.close();

    expect(statuses).toEqual([400, 429]);
  });
});
