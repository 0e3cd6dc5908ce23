import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import request from 'supertest';
import { createdWriteKey } from '#contracts';
import { testApi, type TestApi } from '../support/api.js';
import { TOKEN } from '../support/config.js';
import { otherWorkspace, type OtherWorkspace } from '../support/other-workspace.js';
import { segmentSdk, sent } from '../support/segment-sdk.js';

let api: TestApi;
let other: OtherWorkspace;
beforeAll(async () => {
  api = await testApi();
  other = await otherWorkspace(api);
});
afterAll(() => api.close());

const make = async (send: TestApi['send'] = api.send) =>
  createdWriteKey.parse((await send('post', '/write_keys').send({ name: 'Website' }).expect(200)).body);

const bare = (path: string, body: object = {}) => request(api.app.getHttpServer()).post(path).send(body);
const basic = (key: string) => `Basic ${Buffer.from(`${key}:`).toString('base64')}`;
const CALL = { userId: 'u', event: 'Moved' };

describe('a write key', () => {
  it('is shown once, and kept as its SHA-256', async () => {
    const { key, ...made } = await make();
    const list = await api.send('get', '/write_keys');
    const rows = await api.store.database.query('SELECT * FROM write_key');

    expect(key.startsWith(made.prefix)).toBe(true);
    expect(list.body.data).toContainEqual(made);
    expect(JSON.stringify(rows)).not.toContain(key);
  });

  it.each<[string, (key: string) => request.Test]>([
    [
      'as the user name of Basic credentials',
      (key) => bare('/v1/track', CALL).set('authorization', basic(key)),
    ],
    ['as a Bearer token', (key) => bare('/v1/track', CALL).set('authorization', `Bearer ${key}`)],
    ['in the body', (key) => bare('/v1/t', { ...CALL, writeKey: key })],
  ])('opens what only takes calls, %s', async (_, call) => {
    const answer = await call((await make()).key);

    expect([answer.status, answer.body]).toEqual([200, { success: true }]);
  });

  it('opens nothing else', async () => {
    const { key } = await make();
    const paths = ['/contacts', '/events', '/write_keys', '/me'];
    const answers = await Promise.all(
      paths.flatMap((path) => [
        bare(path).set('authorization', `Bearer ${key}`),
        bare(path).set('authorization', basic(key)),
        bare(path, { writeKey: key }),
      ]),
    );

    expect(answers.filter(({ status }) => ![401, 404].includes(status))).toEqual([]);
    expect(answers.filter(({ status }) => status === 401).length).toBeGreaterThanOrEqual(9);
  });

  it('sends to its own workspace', async () => {
    const { key } = await make(other.send);
    await bare('/v1/identify', { userId: 'theirs' }).set('authorization', basic(key)).expect(200);

    expect((await api.send('get', '/contacts/find_by_external_id/theirs')).status).toBe(404);
    expect((await other.send('get', '/contacts/find_by_external_id/theirs')).status).toBe(200);
  });

  it('is not found by another workspace', async () => {
    const { id } = await make(other.send);

    expect((await api.send('delete', `/write_keys/${id}`)).status).toBe(404);
    expect((await api.send('get', '/write_keys')).text).not.toContain(id);
  });

  it('opens nothing once it is deleted and forgotten', async () => {
    const { id, key } = await make();
    await bare('/v1/track', CALL).set('authorization', basic(key)).expect(200);
    await api.send('delete', `/write_keys/${id}`).expect(200);
    api.clock.advance(11);

    expect((await bare('/v1/track', CALL).set('authorization', basic(key))).status).toBe(401);
    expect((await api.send('delete', `/write_keys/${id}`)).status).toBe(404);
  });

  it.each([[{}], [{ name: '' }], [{ name: 'x'.repeat(256) }], [{ name: 'a', key: 'b' }]])(
    'is not made of %j',
    async (body) => {
      expect((await api.send('post', '/write_keys').send(body)).status).toBe(400);
    },
  );
});

describe('who calls', () => {
  it.each<[string, () => request.Test]>([
    ['nothing', () => bare('/v1/track', CALL)],
    ['an empty key', () => bare('/v1/track', CALL).set('authorization', basic(''))],
    ['an unknown key', () => bare('/v1/track', CALL).set('authorization', basic('wk_unknown'))],
    ['a key that is none', () => bare('/v1/track', { ...CALL, writeKey: 7 })],
  ])('with %s is not let in', async (_, call) => {
    expect((await call()).status).toBe(401);
  });

  it('may bring the access token for a key', async () => {
    const analytics = await segmentSdk(api, TOKEN);
    await sent((done) => analytics.identify({ userId: 'first' }, done));

    expect((await api.send('get', '/contacts/find_by_external_id/first')).status).toBe(200);
  });

  it('is told when a key opens nothing', async () => {
    const analytics = await segmentSdk(api, 'wk_unknown');

    await expect(sent((done) => analytics.identify({ userId: 'nobody' }, done))).rejects.toThrow('401');
  });

  it('from a page of another site is let in, and to /v1 only', async () => {
    const preflight = (path: string) =>
      request(api.app.getHttpServer()).options(path).set('origin', 'https://example.com');
    const allowed = await preflight('/v1/t');

    expect([allowed.status, allowed.headers['access-control-allow-origin']]).toEqual([204, '*']);
    expect((await preflight('/contacts')).headers['access-control-allow-origin']).toBeUndefined();
  });

  it('for what is no call is told which there are', async () => {
    const answer = await api.send('post', '/v1/shout').send(CALL);

    expect([answer.status, answer.body.errors[0].message]).toEqual([
      404,
      expect.stringContaining('identify'),
    ]);
  });

  it('of one call that is wrong is refused', async () => {
    const answer = await api.send('post', '/v1/track').send({ event: 'x' });

    expect([answer.status, answer.body.errors[0].field]).toEqual([400, 'userId']);
  });
});
