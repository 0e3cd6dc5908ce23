import { createHmac, generateKeyPairSync, randomUUID } from 'node:crypto';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { SignJWT, UnsecuredJWT } from 'jose';
import request from 'supertest';
import { createdIdentitySecret, identitySecretList, signalReport } from '#contracts';
import { type IdentityVerification, MAX_IDENTITY_SECRETS } from '#domain';
import { ApplyModule } from '#pipeline';
import { testApi, type TestApi } from '../../../../test/support/api.js';
import { otherWorkspace } from '../../../../test/support/other-workspace.js';
import { waitFor } from '../../../../test/support/wait-for.js';

const OWN = 'a secret that the backend signs with already';

let api: TestApi;
beforeAll(async () => {
  api = await testApi({ modules: [ApplyModule], jobs: ['apply.lanes'] });
});
afterAll(() => api.close());

const make = (body: object) => api.send('post', '/identity_secrets').send(body);
const choose = (identity_verification: IdentityVerification) =>
  api.send('put', '/workspace').send({ identity_verification });
const now = () => Math.floor(api.clock.now());
const hashOf = (name: string, secret = OWN) => createHmac('sha256', secret).update(name).digest('hex');
const tokenOf = (claims: Record<string, unknown>, secret = OWN) =>
  new SignJWT(claims).setProtectedHeader({ alg: 'HS256' }).sign(Buffer.from(secret));

const boot = (data: object) =>
  request(api.app.getHttpServer())
    .post('/messenger/demo/signals')
    .send({ signals: [{ id: randomUUID(), at: now(), visitor_id: randomUUID(), data }] });

async function user(externalId: string) {
  await waitFor(async () => (await api.store.database.query('SELECT FROM inbox LIMIT 1')).length === 0);
  return (await api.send('get', `/contacts/find_by_external_id/${externalId}`)).body;
}

/** The fields that a signal was refused for. */
async function refusedFor(data: object) {
  const { status, body } = await boot(data);
  return [status, ...(body.errors ?? []).map(({ field }: { field: string }) => field)];
}

describe('identity secrets', () => {
  it('are shown once, kept sealed, listed and deleted', async () => {
    const { body } = await make({ name: 'first' });
    const made = createdIdentitySecret.parse(body);
    const { body: list } = await api.send('get', '/identity_secrets');
    const [row] = await api.store.database.query<{ secret: string }>('SELECT secret FROM identity_secret');

    expect(made).toMatchObject({
      type: 'identity_secret',
      name: 'first',
      secret: expect.stringMatching(/^[0-9a-f]{64}$/),
    });
    expect(identitySecretList.parse(list).data).toEqual([
      { type: 'identity_secret', id: made.id, name: 'first', created_at: made.created_at },
    ]);
    expect(Buffer.from(row?.secret ?? '', 'hex').toString('latin1')).not.toContain(made.secret);
    expect((await api.send('delete', `/identity_secrets/${made.id}`)).body).toMatchObject({ deleted: true });
    expect((await api.send('delete', `/identity_secrets/${made.id}`)).status).toBe(404);
  });

  it.each([{}, { name: '' }, { name: 'short', secret: 'x'.repeat(31) }, { name: 'x', key: 'y' }])(
    'are not made of %j',
    async (body) => {
      expect((await make(body)).status).toBe(400);
    },
  );

  it('are long enough from 32 characters on', async () => {
    const { body, status } = await make({ name: 'own', secret: 'x'.repeat(32) });

    expect([status, body.secret]).toEqual([200, 'x'.repeat(32)]);
    await api.send('delete', `/identity_secrets/${body.id}`);
  });

  it('are as many as there may be, and those of another workspace are not seen', async () => {
    const other = await otherWorkspace(api);
    const made = await Promise.all(
      Array.from({ length: MAX_IDENTITY_SECRETS + 1 }, () =>
        other.send('post', '/identity_secrets').send({ name: 'x' }),
      ),
    );
    const [first] = made.filter(({ status }) => status === 200);

    expect(made.filter(({ status }) => status === 200)).toHaveLength(MAX_IDENTITY_SECRETS);
    expect(made.find(({ status }) => status !== 200)?.status).toBe(409);
    expect((await api.send('get', '/identity_secrets')).body.data).toEqual([]);
    expect((await api.send('delete', `/identity_secrets/${first?.body.id}`)).status).toBe(404);
  });
});

describe('where identity verification is enforced', () => {
  let secret: string;
  beforeAll(async () => {
    await make({ name: 'old', secret: OWN });
    secret = (await make({ name: 'new' })).body.secret;
    await choose('enforce');
  });

  it('nameless visitors need no signature', async () => {
    expect((await boot({ plan: 'free' })).status).toBe(202);
  });

  it('a user is vouched for by the hash of the user id, by any secret of the workspace', async () => {
    const email = 'hash@example.com';
    expect(await refusedFor({ user_id: 'hash', email, user_hash: hashOf('hash') })).toEqual([202]);
    expect(await refusedFor({ user_id: 'hash', user_hash: hashOf('hash', secret) })).toEqual([202]);
    expect(await refusedFor({ user_id: 'hash', user_hash: hashOf('hash').toUpperCase() })).toEqual([202]);
    expect(await user('hash')).toMatchObject({ email });
  });

  it('a user without an id is vouched for by the hash of the address', async () => {
    const email = 'only@example.com';

    expect(await refusedFor({ email, user_hash: hashOf(email) })).toEqual([202]);
    expect(await refusedFor({ user_id: 'only', email, user_hash: hashOf(email) })).toEqual([
      400,
      'user_hash',
    ]);
  });

  it.each([
    ['nothing', {}],
    ['the hash of another', { user_hash: hashOf('other') }],
    ['the hash by another secret', { user_hash: hashOf('eve', 'x'.repeat(32)) }],
    ['a part of the hash', { user_hash: hashOf('eve').slice(0, 62) }],
    ['no hash at all', { user_hash: 'undefined' }],
    ['what is no text', { user_hash: 7 }],
  ])('a user with %s is refused', async (_, signed) => {
    expect(await refusedFor({ user_id: 'eve', ...signed })).toEqual([400, 'user_hash']);
    expect((await user('eve')).errors).toMatchObject([{ code: 'not_found' }]);
  });

  it('an address that is not signed takes nobody over who is known by it', async () => {
    const email = 'victim@example.com';
    const { body: victim } = await api.send('post', '/contacts').send({ email });
    const { body } = await boot({ user_id: 'thief', email, user_hash: hashOf('thief') });
    const thief = await user('thief');

    expect(body.items[0].warnings).toMatchObject([{ field: 'email' }]);
    expect(thief).toMatchObject({ email: null });
    expect(thief.id).not.toBe(victim.id);
  });

  it('a token vouches for the user, the address and more, which the page cannot say otherwise', async () => {
    await api
      .send('post', '/data_attributes')
      .send({ name: 'credit', model: 'contact', data_type: 'integer', messenger_writable: false });
    const claims = { user_id: 'jwt', email: 'jwt@example.com', exp: now() + 60, credit: 5, name: 'Signed' };
    const { body } = await boot({
      intercom_user_jwt: await tokenOf(claims),
      name: 'Not signed',
      credit: 9,
      plan: 'x',
    });

    expect(body.items[0].warnings).toMatchObject([{ field: 'custom_attributes.credit' }]);
    expect(await user('jwt')).toMatchObject({
      email: 'jwt@example.com',
      name: 'Signed',
      custom_attributes: { credit: 5, plan: 'x' },
    });
  });

  it.each<[string, () => Promise<string> | string]>([
    ['is past its time', () => tokenOf({ user_id: 'eve', exp: now() - 1 })],
    ['is not of its time yet', () => tokenOf({ user_id: 'eve', nbf: now() + 60 })],
    ['has another secret', () => tokenOf({ user_id: 'eve' }, 'x'.repeat(32))],
    ['names nobody', () => tokenOf({ email: 'eve@example.com' })],
    ['is not signed', () => new UnsecuredJWT({ user_id: 'eve' }).encode()],
    [
      'is signed by a key of its own',
      () => {
        const { privateKey } = generateKeyPairSync('rsa', { modulusLength: 2048 });
        return new SignJWT({ user_id: 'eve' }).setProtectedHeader({ alg: 'RS256' }).sign(privateKey);
      },
    ],
    [
      'has a longer hash',
      () => new SignJWT({ user_id: 'eve' }).setProtectedHeader({ alg: 'HS512' }).sign(Buffer.from(OWN)),
    ],
    ['is no token', () => 'eve'],
  ])('a token that %s is refused', async (_, token) => {
    const data = { user_id: 'eve', user_hash: hashOf('eve'), intercom_user_jwt: await token() };

    expect(await refusedFor(data)).toEqual([400, 'intercom_user_jwt']);
  });

  it('a token of another user is refused', async () => {
    const intercom_user_jwt = await tokenOf({ user_id: 'adam' });

    expect(await refusedFor({ user_id: 'eve', intercom_user_jwt })).toEqual([400, 'user_id']);
  });

  it('a secret that is deleted vouches for nobody', async () => {
    const { body } = await make({ name: 'gone' });
    const user_hash = hashOf('soon', body.secret);
    expect(await refusedFor({ user_id: 'soon', user_hash })).toEqual([202]);
    await api.send('delete', `/identity_secrets/${body.id}`);

    expect(await refusedFor({ user_id: 'soon', user_hash })).toEqual([400, 'user_hash']);
  });
});

describe('where it is not', () => {
  beforeEach(() => choose('warn'));

  it.each([
    ['user_hash', { user_id: 'warned' }],
    ['user_hash', { user_id: 'warned', user_hash: hashOf('x') }],
    ['intercom_user_jwt', { user_id: 'warned', intercom_user_jwt: 'x' }],
  ])('what would be refused for its %s is accepted, and told', async (field, data) => {
    const { body } = await boot(data);

    expect(signalReport.parse(body).items).toMatchObject([{ accepted: true, warnings: [{ field }] }]);
    expect(await user('warned')).toMatchObject({ role: 'user' });
  });

  it('nothing is told where it is off, but that a token does not count', async () => {
    await choose('off');
    const quiet = await boot({ user_id: 'off', user_hash: hashOf('x') });
    const told = await boot({
      user_id: 'off',
      intercom_user_jwt: await tokenOf({ user_id: 'no' }, 'x'.repeat(32)),
    });

    expect(quiet.body.items).toMatchObject([{ accepted: true, warnings: [] }]);
    expect(told.body.items).toMatchObject([{ accepted: true, warnings: [{ field: 'intercom_user_jwt' }] }]);
    expect((await user('no')).errors).toMatchObject([{ code: 'not_found' }]);
  });
});
