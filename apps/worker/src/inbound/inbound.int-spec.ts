import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { Job, Queue } from 'bullmq';
import { MAX_BULK } from '#contracts';
import { ApplyModule } from '#pipeline';
import { testApi, type TestApi } from '../../../../test/support/api.js';
import { describeWithRedis, testRedis, type TestRedis } from '../../../../test/support/redis.js';
import { serviceQueue } from '../../../../test/support/service-queue.js';
import { waitFor } from '../../../../test/support/wait-for.js';
import { InboundModule } from './inbound.module.js';

const AT = 1_700_000_000;

describe('the inbound queue on postgres', () => {
  behaves('postgres');
});

describeWithRedis('the inbound queue on redis', () => {
  behaves('redis');
});

function behaves(kind: 'postgres' | 'redis'): void {
  let redis: TestRedis | undefined;
  let api: TestApi;
  let queue: Queue;

  beforeAll(async () => {
    if (kind === 'redis') redis = await testRedis();
    api = await testApi({
      modules: [ApplyModule, InboundModule],
      jobs: ['apply.lanes', 'inbound.items'],
      ...(redis ? { settings: { REDIS_URL: redis.url } } : {}),
    });
    queue = serviceQueue(api.store.url, redis?.url);
    for (const external_id of ['ada', 'bob']) await api.send('post', '/contacts').send({ external_id });
  });

  afterAll(async () => {
    await queue.close();
    await api.close();
    await redis?.stop();
  });

  const contact = async (name: string) =>
    (await api.send('get', `/contacts/find_by_external_id/${name}`)).body;

  /** A job that was taken: why it failed, or undefined. */
  async function ended(job: Job): Promise<string | undefined> {
    const id = job.id ?? '';
    await waitFor(async () => ['failed', 'unknown'].includes(await queue.getJobState(id)));
    await waitFor(async () => (await api.store.database.query('SELECT FROM inbox LIMIT 1')).length === 0);
    return (await queue.getJob(id))?.failedReason;
  }

  const send = async (data: unknown, options = {}) => ended(await queue.add('any', data, options));

  async function events(name: string): Promise<number> {
    const rows = await api.store.database.query('SELECT FROM event WHERE name = $1', [name]);
    return rows.length;
  }

  const event = (event_name: string, more: object = {}) => ({
    type: 'event',
    user_id: 'ada',
    event_name,
    created_at: AT,
    ...more,
  });

  it('takes an event, an activity and a contact as their routes do', async () => {
    expect(await send({ app_id: 'demo', type: 'contact', external_id: 'cy', name: 'Cy' })).toBeUndefined();
    expect(
      await send({ app_id: 'demo', type: 'activity', user_id: 'cy', created_at: AT, platform: 'ios' }),
    ).toBeUndefined();
    expect(await send({ app_id: 'demo', ...event('paid', { metadata: { amount: 12 } }) })).toBeUndefined();

    expect(await contact('cy')).toMatchObject({ role: 'user', name: 'Cy', last_seen_at: AT });
    expect(await contact('ada')).toMatchObject({ last_seen_at: null });
    await send({
      app_id: 'demo',
      type: 'contact',
      external_id: 'cy',
      last_seen_at: AT - 60,
      new_session: true,
    });
    expect(await contact('cy')).toMatchObject({ last_seen_at: AT, web_sessions: 1 });
    const query = 'SELECT metadata FROM event WHERE name = $1';
    expect(await api.store.database.query(query, ['paid'])).toEqual([{ metadata: { amount: 12 } }]);
  });

  it('takes a list in its order, the good ones of it, and keeps it with what is wrong with the others', async () => {
    const items = [
      { type: 'contact', external_id: 'dora' },
      event('listed', { user_id: 'dora' }),
      event('listed', { user_id: 'dora' }),
      event('listed', { user_id: 'nobody' }),
      { type: 'activity', user_id: 'dora', created_at: AT },
      { type: 'activity', user_id: 'dora', platform: 'tv' },
      { type: 'mood' },
      'no item',
    ];
    const reason = await send({ app_id: 'demo', items });

    expect(reason?.split('; ')).toEqual([
      'items.3: No contact has this user_id',
      'items.5: platform: expected "web", "ios" or "android"',
      'items.6: type: expected "event", "activity" or "contact"',
      'items.7: The request: expected an object',
    ]);
    expect(await events('listed')).toBe(2);
    expect(await contact('dora')).toMatchObject({ last_seen_at: AT });
  });

  it.each<[string, unknown, string]>([
    ['a text', 'paid', 'The request: expected an object'],
    ['no workspace', event('bad'), 'app_id: is missing, expected a string of 1 to 255 characters'],
    ['an unknown workspace', { app_id: 'x', ...event('bad') }, 'app_id: there is no workspace x'],
    ['no type', { app_id: 'demo' }, 'type: is missing, expected "event", "activity" or "contact"'],
    [
      'an event of nobody',
      { app_id: 'demo', ...event('bad', { user_id: undefined }) },
      'user_id: is missing, expected one of id, user_id or email',
    ],
    ['an unknown user', { app_id: 'demo', ...event('bad', { user_id: 'x' }) }, 'No contact has this user_id'],
    ['what nobody knows', { app_id: 'demo', ...event('bad', { mood: 1 }) }, 'mood: unknown parameter'],
    ['a list and more', { app_id: 'demo', items: [event('bad')], mood: 1 }, 'mood: unknown parameter'],
    ['an empty list', { app_id: 'demo', items: [] }, `items: expected a list of 1 to ${MAX_BULK} items`],
    [
      'too long a list',
      { app_id: 'demo', items: Array.from({ length: MAX_BULK + 1 }, () => event('bad')) },
      `items: expected a list of 1 to ${MAX_BULK} items`,
    ],
    [
      'a name that is taken',
      { app_id: 'demo', type: 'contact', email: 'no address' },
      'email: expected an e-mail address',
    ],
  ])('keeps a job with %s, and why it was refused, at once', async (_, data, reason) => {
    const job = await queue.add('any', data, { attempts: 5 });

    expect(await ended(job)).toBe(reason);
    expect((await queue.getJob(job.id ?? ''))?.attemptsMade).toBe(1);
    expect(await events('bad')).toBe(0);
  });

  it('takes as many items as a list may hold', async () => {
    const items = Array.from({ length: MAX_BULK }, () => event('many'));
    expect(await send({ app_id: 'demo', items })).toBeUndefined();
    expect(await events('many')).toBe(MAX_BULK);
  });

  it('takes a job of one id once, and an event of one key once, whatever its job', async () => {
    for (let i = 0; i < 2; i++) {
      await send({ app_id: 'demo', ...event('once') }, { jobId: 'message-1' });
      await send({ app_id: 'demo', ...event('keyed', { dedupe_key: 'order-17' }) });
      await send({ app_id: 'demo', ...event('counted') });
    }
    expect([await events('once'), await events('keyed'), await events('counted')]).toEqual([1, 1, 2]);
  });

  it('takes what is left of a job that is tried again once its reason is gone', async () => {
    const items = [event('left'), event('left', { user_id: 'late' })];
    const job = await queue.add('any', { app_id: 'demo', items });
    expect(await ended(job)).toBe('items.1: No contact has this user_id');
    await api.send('post', '/contacts').send({ external_id: 'late' });
    await job.retry();

    expect(await ended(job)).toBeUndefined();
    expect(await events('left')).toBe(2);
  });
}
