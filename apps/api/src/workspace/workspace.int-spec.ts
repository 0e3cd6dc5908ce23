import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { workspaceAnswer } from '#contracts';
import { otherWorkspace } from '../../../../test/support/other-workspace.js';
import { testApi, type TestApi } from '../../../../test/support/api.js';

let api: TestApi;
beforeAll(async () => {
  api = await testApi();
});
afterAll(() => api.close());

const put = (body: object) => api.send('put', '/workspace').send(body);
const contact = (custom_attributes: object, query = '') =>
  api.send('post', `/contacts${query}`).send({ role: 'lead', custom_attributes });
const declared = async () =>
  (await api.send('get', '/data_attributes?model=contact')).body.data
    .filter(({ custom }: { custom: boolean }) => custom)
    .map(({ name }: { name: string }) => name);

describe('a workspace', () => {
  it('counts days in UTC and declares what it does not know, until it says otherwise', async () => {
    const { body } = await api.send('get', '/workspace');

    expect(workspaceAnswer.parse(body)).toEqual({
      type: 'workspace',
      id: 'demo',
      unknown_attributes: 'create',
      time_zone: 'UTC',
      identity_verification: 'off',
      ip_addresses: 'full',
    });
  });

  it('changes what it is told to, and nobody else', async () => {
    const { send: other } = await otherWorkspace(api);
    const answer = await put({ time_zone: 'Europe/Berlin', unknown_attributes: 'ignore' });
    expect(answer.body).toMatchObject({ time_zone: 'Europe/Berlin', unknown_attributes: 'ignore' });
    expect((await put({ unknown_attributes: 'create' })).body).toMatchObject({ time_zone: 'Europe/Berlin' });
    expect((await put({})).body).toEqual((await api.send('get', '/workspace')).body);
    expect((await other('get', '/workspace')).body).toMatchObject({ time_zone: 'UTC' });
  });

  it.each([
    ['time_zone', 'Europe/Bärlin'],
    ['time_zone', '+02:00'],
    ['time_zone', ''],
    ['unknown_attributes', 'drop'],
    ['ip_addresses', 'hashed'],
    ['identity_verification', 'on'],
    ['name', 'x'],
  ])('does not take %s %j', async (field, value) => {
    const answer = await put({ [field]: value });

    expect([answer.status, answer.body.errors[0].field]).toEqual([400, field]);
  });
});

describe('a custom attribute that nobody declared', () => {
  it('is declared by its first value, and held to its type from then on', async () => {
    const first = await contact({ plan: 'pro', seats: 3, vip: true, renews_at: 1_800_000_000 });
    expect(first.body).not.toHaveProperty('warnings');
    const attributes = (await api.send('get', '/data_attributes?model=contact')).body.data;
    const type = (name: string) =>
      attributes.find(
        (attribute: { full_name: string }) => attribute.full_name === `custom_attributes.${name}`,
      ).data_type;
    expect(['plan', 'seats', 'vip', 'renews_at'].map(type)).toEqual(['string', 'float', 'boolean', 'date']);

    const next = await contact({ seats: 3.5, renews_at: '31/12/2026' });
    expect(next.body.custom_attributes).toEqual({ seats: 3.5, renews_at: Date.UTC(2026, 11, 31) / 1000 });
    const wrong = await contact({ plan: 5, vip: 'yes', fresh: 1 });
    expect([wrong.status, wrong.body.errors]).toEqual([
      400,
      [
        {
          code: 'parameter_invalid',
          field: 'custom_attributes.plan',
          message: 'custom_attributes.plan: expected a string of at most 255 characters',
        },
        expect.objectContaining({
          field: 'custom_attributes.vip',
          message: 'custom_attributes.vip: expected true or false (boolean)',
        }),
      ],
    ]);
    expect(await declared()).not.toContain('fresh');
  });

  it('is left out with what else is wrong when the writer asks for that', async () => {
    const values = { plan: 5, 'a.b': 1, tags: ['x'], seats: 4, long: 'x'.repeat(256), fresh: 'yes' };
    const { status, body } = await contact(values, '?partial=true');
    expect([status, body.custom_attributes]).toEqual([200, { seats: 4, fresh: 'yes' }]);
    expect(body.warnings).toEqual(
      ['plan', 'a.b', 'tags', 'long'].map((name) => ({
        code: 'parameter_invalid',
        message: expect.stringMatching(`^custom_attributes.${name}: `),
        field: `custom_attributes.${name}`,
      })),
    );
    const put = await api
      .send('put', `/contacts/${body.id}?partial=true`)
      .send({ name: 'Ann', custom_attributes: { plan: 6, seats: null } });
    expect(put.body).toMatchObject({ name: 'Ann', custom_attributes: { fresh: 'yes' } });
    expect(put.body.warnings).toMatchObject([{ field: 'custom_attributes.plan' }]);
    expect((await api.send('get', `/contacts/${body.id}`)).body).not.toHaveProperty('warnings');
  });

  it.each(['partial=yes', 'sort=name'])('is not asked for by ?%s', async (query) => {
    expect((await contact({}, `?${query}`)).status).toBe(400);
  });

  it('fails the whole write where the workspace rejects it', async () => {
    await put({ unknown_attributes: 'reject' });
    const body = { external_id: 'rejected', name: 'Ann', custom_attributes: { plan: 'pro', surprise: 1 } };
    const refused = await api.send('post', '/contacts').send(body);
    expect([refused.status, refused.body.errors]).toEqual([
      400,
      [expect.objectContaining({ code: 'parameter_invalid', field: 'custom_attributes.surprise' })],
    ]);
    expect((await api.send('get', '/contacts/find_by_external_id/rejected')).status).toBe(404);
    const partly = await api.send('post', '/contacts?partial=true').send(body);
    expect(partly.body).toMatchObject({ name: 'Ann', custom_attributes: { plan: 'pro' } });
    expect(partly.body.warnings).toHaveLength(1);
    expect(await declared()).not.toContain('surprise');
  });

  it('is left out and told where the workspace ignores it, but no wrong value is', async () => {
    await put({ unknown_attributes: 'ignore' });
    const { body } = await contact({ plan: 'pro', surprise: 1 });
    expect(body).toMatchObject({ custom_attributes: { plan: 'pro' } });
    expect(body.warnings).toMatchObject([{ code: 'parameter_invalid', field: 'custom_attributes.surprise' }]);
    expect(await declared()).not.toContain('surprise');
    expect((await contact({ plan: 5 })).status).toBe(400);
  });
});
