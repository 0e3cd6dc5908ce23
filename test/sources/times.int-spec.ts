import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { testApi, type TestApi } from '../support/api.js';

const WEEK = 7 * 86_400;

let api: TestApi;
beforeAll(async () => {
  api = await testApi({ settings: { MUSTER_MAX_FUTURE: WEEK } });
  await api.send('post', '/contacts').send({ external_id: 'ada' });
});
afterAll(() => api.close());

const now = () => Math.floor(Date.now() / 1000);
const iso = (at: number) => new Date(at * 1000).toISOString();

const SOURCES: [string, (at: unknown) => object, string][] = [
  ['/events', (created_at) => ({ user_id: 'ada', event_name: 'e', created_at }), 'created_at'],
  ['/activities', (created_at) => ({ user_id: 'ada', created_at }), 'created_at'],
  ['/contacts', (signed_up_at) => ({ role: 'lead', signed_up_at }), 'signed_up_at'],
  ['/users', (last_request_at) => ({ user_id: 'v1', last_request_at }), 'last_request_at'],
  ['/companies', (remote_created_at) => ({ company_id: 'c', remote_created_at }), 'remote_created_at'],
  ['/v1/track', (timestamp) => ({ userId: 'ada', event: 'e', timestamp }), 'timestamp'],
];

describe.each(SOURCES)('a time in POST %s', (path, body, field) => {
  const send = (at: unknown) => api.send('post', path).send(body(at));

  it.each([
    ['unix seconds', () => 1_700_000_000],
    ['ISO 8601', () => '2023-11-14T23:13:20+01:00'],
    ['long ago', () => 0],
    ['in the future, as far as the setting goes', () => now() + WEEK - 60],
    ['the same in ISO 8601', () => iso(now() + WEEK - 60)],
  ])('may be %s', async (_, at) => {
    expect((await send(at())).status).toBeLessThan(300);
  });

  it.each([
    ['milliseconds', () => Date.now(), /looks like milliseconds: send seconds/],
    ['before 1970', () => -1, /not before 1970/],
    ['further in the future', () => now() + WEEK + 60, /more than 604800 seconds in the future/],
    ['no time', () => 'soon', /ISO 8601/],
  ])('is refused as %s', async (_, at, message) => {
    const { status, body } = await send(at());

    expect([status, body.errors]).toEqual([
      400,
      [{ code: 'parameter_invalid', field, message: expect.stringMatching(message) }],
    ]);
  });
});

it('is kept in whole seconds, whatever it was written as', async () => {
  const body = { external_id: 'iso', signed_up_at: '2023-11-14T22:13:20.999Z', last_seen_at: '2023-11-15' };
  const answer = await api.send('post', '/contacts').send(body);

  expect(answer.body).toMatchObject({ signed_up_at: 1_700_000_000, last_seen_at: 1_700_006_400 });
});
