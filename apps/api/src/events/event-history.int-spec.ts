import { hash } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { IntercomClient, IntercomError } from 'intercom-client';
import request from 'supertest';
import { eventList, eventSummary } from '#contracts';
import { WorkspaceRepository } from '#database';
import { ApplyModule, BackfillModule, DueModule } from '#pipeline';
import { testApi, type TestApi } from '../../../../test/support/api.js';
import { TOKEN } from '../../../../test/support/config.js';
import { waitFor } from '../../../../test/support/wait-for.js';

const START = 1_700_000_000;

let api: TestApi;
let sdk: IntercomClient;
beforeAll(async () => {
  api = await testApi({
    modules: [ApplyModule, BackfillModule, DueModule],
    jobs: ['apply.lanes', 'backfill.segment'],
  });
  sdk = new IntercomClient({ token: TOKEN, baseUrl: await api.app.getUrl(), maxRetries: 0 });
});
afterAll(() => api.close());

const settled = () =>
  waitFor(async () => (await api.store.database.query('SELECT FROM inbox LIMIT 1')).length === 0);

const aUser = async (externalId: string, email?: string): Promise<string> =>
  (await api.send('post', '/contacts').send({ external_id: externalId, email })).body.id;

const post = (user: string, overrides: object = {}) =>
  api
    .send('post', '/events')
    .send({ user_id: user, event_name: 'purchased', created_at: START, ...overrides });

const list = (query: object) => api.send('get', '/events').query({ type: 'user', ...query });

/** Follows an absolute URL as a client does. */
const follow = async (url: string) =>
  eventList.parse((await request(url).get('').set('authorization', `Bearer ${TOKEN}`)).body);

async function summaryOf(user: string) {
  await settled();
  return eventSummary.parse((await list({ user_id: user, summary: true })).body).events;
}

describe('the events of a contact', () => {
  it('are listed as they were sent, and named by their contact', async () => {
    const metadata = {
      amount: { amount: 3_499, currency: 'eur' },
      order: { url: 'https://example.com/1', value: 'No 1' },
      order_date: 1_600_000_000,
      gift: false,
      Note: 'Für Ada',
    };
    const id = await aUser('golden', 'golden@example.com');
    await post('golden', { event_name: 'Order.Placed', metadata });
    await settled();
    const { body } = await list({ email: 'Golden@example.com' });

    expect(eventList.parse(body).events).toEqual([
      {
        type: 'event',
        id: expect.stringMatching(/^[0-9a-f]{24}$/),
        event_name: 'order-placed',
        created_at: START,
        user_id: 'golden',
        intercom_user_id: id,
        email: 'golden@example.com',
        metadata,
      },
    ]);
    expect(body.pages.next).toBeNull();
  });

  it('are on exactly one page each, newest first, though many share an instant', async () => {
    await aUser('paged');
    const sent = ['a', 'b', 'c'].flatMap((name) =>
      [0, 0, 0, 1, 500].map((after, i) => ({
        event_name: name,
        created_at: START + after,
        dedupe_key: `${i}`,
      })),
    );
    await api
      .send('post', '/events/bulk')
      .send({ events: sent.map((event) => ({ user_id: 'paged', ...event })) });
    await settled();
    const pages = [eventList.parse((await list({ user_id: 'paged', per_page: 4 })).body)];
    for (let next = pages[0]?.pages.next; next; next = pages.at(-1)?.pages.next)
      pages.push(await follow(next));
    const all = pages.flatMap(({ events }) => events);
    const whole = eventList.parse((await list({ user_id: 'paged', per_page: 150 })).body);

    expect(pages.map(({ events }) => events.length)).toEqual([4, 4, 4, 3]);
    expect(all).toEqual(whole.events);
    expect(new Set(all.map(({ id }) => id)).size).toBe(sent.length);
    expect(all.map((event) => event.created_at)).toEqual(
      sent.map((event) => event.created_at).sort((a, b) => b - a),
    );
  });

  it('that come later are on the pages of since, once each', async () => {
    await aUser('polled');
    const empty = eventList.parse((await list({ user_id: 'polled', per_page: 2 })).body);
    const send = async (names: string[], created_at: number) => {
      for (const event_name of names) await post('polled', { event_name, created_at });
      await settled();
    };
    await send(['z1', 'z2', 'z3'], START);
    const newest = await follow(empty.pages.since);
    await send(['a1', 'a2', 'a3'], START);
    await send(['b1'], START + 60);
    const newer = await follow(newest.pages.since);
    const rest = await follow(newer.pages.next ?? '');
    const nothing = await follow(newer.pages.since);

    const names = [newest, newer, rest, nothing].map(({ events }) => events.map((event) => event.event_name));
    expect(names).toEqual([['z3', 'z2'], ['b1', 'a3'], ['a2', 'a1'], []]);
    expect(rest.pages.next).toBeNull();
  });

  it('are listed before and since a time in milliseconds, which is not one of them', async () => {
    await aUser('bounded');
    for (const after of [0, 1, 2, 3]) await post('bounded', { created_at: START + after });
    await settled();
    const { body } = await list({ user_id: 'bounded', since: START * 1000, before: (START + 3) * 1000 });

    expect(eventList.parse(body).events.map((event) => event.created_at)).toEqual([START + 2, START + 1]);
  });

  it.each([
    [{ user_id: 'nobody' }, 404, 'not_found'],
    [{ intercom_user_id: '0123456789abcdef01234567' }, 404, 'not_found'],
    [{}, 400, 'parameter_missing'],
    [{ user_id: 'nobody', page: 2 }, 400, 'parameter_invalid'],
  ])('are refused as %j', async (query, status, code) => {
    const answer = await list(query);

    expect([answer.status, answer.body.errors[0].code]).toEqual([status, code]);
  });

  it('are not for another workspace', async () => {
    const id = await aUser('mine');
    await post('mine');
    await settled();
    const token = 'a-token-of-another-workspace';
    await new WorkspaceRepository(api.store.database).ensureFirst('other', hash('sha256', token, 'hex'));
    const answer = await list({ intercom_user_id: id }).set('authorization', `Bearer ${token}`);

    expect(answer.status).toBe(404);
  });
});

describe('an Idempotency-Key', () => {
  const keyed = (user: string, key: string, overrides: object = {}) =>
    post(user, overrides).set('idempotency-key', key);

  it('is of one event, at whatever time it is sent again', async () => {
    await aUser('keyed');
    await keyed('keyed', 'order-1');
    await settled();
    await keyed('keyed', 'order-1');
    await keyed('keyed', 'order-1', { created_at: START + 40 * 86_400 });
    await Promise.all([0, 1, 2].map((after) => keyed('keyed', 'order-2', { created_at: START + after })));

    expect(await summaryOf('keyed')).toMatchObject([{ name: 'purchased', count: 2 }]);
  });

  it('tells two events of one second apart, and counts for each name and contact by itself', async () => {
    await Promise.all([aUser('apart-1'), aUser('apart-2')]);
    await keyed('apart-1', 'k1');
    await keyed('apart-1', 'k2');
    await post('apart-1');
    await post('apart-1');
    await keyed('apart-1', 'k1', { event_name: 'returned' });
    await keyed('apart-2', 'k1');

    expect(await summaryOf('apart-1')).toMatchObject([
      { name: 'purchased', count: 3 },
      { name: 'returned', count: 1 },
    ]);
    expect(await summaryOf('apart-2')).toMatchObject([{ count: 1 }]);
  });

  it('says the same as dedupe_key', async () => {
    await aUser('same');
    await keyed('same', 'k1');
    await post('same', { dedupe_key: 'k1', created_at: START + 1 });
    const other = await keyed('same', 'k1', { dedupe_key: 'k2' });

    expect(other.body.errors).toMatchObject([{ code: 'parameter_invalid', field: 'dedupe_key' }]);
    expect(await summaryOf('same')).toMatchObject([{ count: 1 }]);
  });

  it('is refused when it is too long', async () => {
    await aUser('long');
    const [at, over] = [await keyed('long', 'x'.repeat(255)), await keyed('long', 'x'.repeat(256))];

    expect([at.status, over.status, over.body.errors[0].field]).toEqual([202, 400, 'idempotency-key']);
  });
});

describe('a list of events', () => {
  it('is accepted item by item, and of duplicates one counts', async () => {
    await aUser('bulk');
    const event = { user_id: 'bulk', event_name: 'purchased', created_at: START };
    const events = [event, event, { ...event, dedupe_key: 'a' }, { ...event, user_id: 'nobody' }];
    const { body } = await api.send('post', '/events/bulk').send({ events });

    expect(body).toMatchObject({ accepted: 3, refused: 1 });
    expect(await summaryOf('bulk')).toMatchObject([{ name: 'purchased', count: 2 }]);
  });
});

describe('history', () => {
  const seed = (user: string, event_summaries: object) =>
    api.send('post', '/events/summaries').send({ user_id: user, event_summaries });
  const history = { event_name: 'Purchased', count: 10, first: START - 900, last: START - 100 };

  it('counts once, with what is recorded, and makes contacts enter segments', async () => {
    await aUser('seeded');
    const filter = { event: 'purchased', measure: 'count', operator: '>=', value: 11 };
    const segment = (await api.send('post', '/segments').send({ name: 'Buyers', filter })).body;
    await waitFor(
      async () => (await api.send('get', `/segments/${segment.id}`)).body.backfill.state === 'done',
    );
    await post('seeded');
    await settled();
    const answers = [await seed('seeded', history), await seed('seeded', [history])];
    const [summary] = await summaryOf('seeded');
    const members = await api.send('get', `/segments/${segment.id}/contacts`);

    expect(answers.map(({ status, text }) => [status, text])).toEqual([
      [200, ''],
      [200, ''],
    ]);
    expect(summary).toMatchObject({
      count: 11,
      first: new Date((START - 900) * 1000).toISOString(),
      last: new Date(START * 1000).toISOString(),
    });
    expect(members.body.data).toMatchObject([{ external_id: 'seeded' }]);
  });

  it('of which anything is wrong, or of nobody, is not taken in', async () => {
    await aUser('unseeded');
    const wrong = await seed('unseeded', [history, { ...history, count: -1 }]);
    const unknown = await seed('nobody', history);

    expect([wrong.status, unknown.status]).toEqual([400, 404]);
    expect(await summaryOf('unseeded')).toEqual([]);
  });
});

describe('the official SDK', () => {
  it('creates events, lists them, and sums them up', async () => {
    const id = await aUser('sdk', 'sdk@example.com');
    for (const created_at of [START, START + 60]) {
      await sdk.events.create({
        user_id: 'sdk',
        event_name: 'purchased',
        created_at,
        metadata: { sum: '3' },
      });
    }
    await sdk.events.create({ id, event_name: 'viewed', created_at: START + 30 });
    await settled();

    expect(await sdk.events.list({ type: 'user', email: 'sdk@example.com', per_page: 2 })).toMatchObject({
      type: 'event.list',
      events: [
        { event_name: 'purchased', created_at: START + 60, metadata: { sum: '3' } },
        { event_name: 'viewed', created_at: START + 30 },
      ],
      pages: { next: expect.stringContaining(`&before=${START + 30}000&`) },
    });
    expect(await sdk.events.list({ type: 'user', intercom_user_id: id, summary: true })).toEqual({
      type: 'event.summary',
      email: 'sdk@example.com',
      intercom_user_id: id,
      user_id: 'sdk',
      events: [
        {
          name: 'purchased',
          first: '2023-11-14T22:13:20.000Z',
          last: '2023-11-14T22:14:20.000Z',
          count: 2,
          description: '',
        },
        {
          name: 'viewed',
          first: '2023-11-14T22:13:50.000Z',
          last: '2023-11-14T22:13:50.000Z',
          count: 1,
          description: '',
        },
      ],
    });
  });

  it('seeds history', async () => {
    await aUser('sdk-seeded');
    const event_summaries = { event_name: 'viewed', count: 4, first: START, last: START + 9 };
    await sdk.events.summaries({ user_id: 'sdk-seeded', event_summaries });

    expect(await summaryOf('sdk-seeded')).toMatchObject([{ name: 'viewed', count: 4 }]);
  });

  it('reads our errors', async () => {
    const refused = sdk.events.list({ type: 'user', user_id: 'nobody' });

    await expect(refused).rejects.toBeInstanceOf(IntercomError);
    await expect(refused).rejects.toMatchObject({ statusCode: 404, body: { type: 'error.list' } });
  });
});
