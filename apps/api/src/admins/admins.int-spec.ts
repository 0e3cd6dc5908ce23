import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { IntercomClient } from 'intercom-client';
import { adminList, adminWithApp } from '#contracts';
import { testApi, type TestApi } from '../../../../test/support/api.js';
import { otherWorkspace } from '../../../../test/support/other-workspace.js';
import { sdkOf } from '../../../../test/support/sdk.js';

let api: TestApi;
let sdk: IntercomClient;
let me: string;
let stranger: string;
beforeAll(async () => {
  api = await testApi();
  sdk = await sdkOf(api);
  const other = await otherWorkspace(api);
  me = (await sdk.admins.identify())?.id ?? '';
  stranger = (await other.sdk.admins.identify())?.id ?? '';
});
afterAll(() => api.close());

describe('an admin', () => {
  it('is whoever holds the token, with the workspace that it opens', async () => {
    const { body } = await api.send('get', '/me');

    expect(adminWithApp.parse(body)).toEqual(body);
    expect(body).toEqual({
      type: 'admin',
      id: me,
      name: 'Owner',
      email: 'owner@demo.example',
      job_title: null,
      away_mode_enabled: false,
      away_mode_reassign: false,
      has_inbox_seat: false,
      team_ids: [],
      avatar: null,
      email_verified: false,
      app: {
        type: 'app',
        id_code: 'demo',
        name: 'demo',
        region: null,
        timezone: 'UTC',
        created_at: expect.any(Number),
        identity_verification: false,
      },
    });
    expect(Math.abs(body.app.created_at - Date.now() / 1000)).toBeLessThan(600);
  });

  it('is listed and found by the SDK', async () => {
    const { admins = [] } = adminList.parse(await sdk.admins.list());

    expect(admins.map(({ id }) => id)).toEqual([me]);
    expect(await sdk.admins.find({ admin_id: Number(me) })).toEqual(admins[0]);
  });

  it.each([
    ['of another workspace', () => stranger],
    ['that does not exist', () => '2147483647'],
    ['beyond all numbers', () => '99999999999999999999'],
    ['that is no number', () => 'ann'],
  ])('%s is not found', async (_, id) => {
    const answer = await api.send('get', `/admins/${id()}`);

    expect(answer.status).toBe(404);
    expect(answer.body.errors).toMatchObject([{ code: 'admin_not_found' }]);
  });
});

describe('the owner of a contact', () => {
  const owner = (owner_id: unknown) => api.send('post', '/contacts').send({ role: 'lead', owner_id });

  it('is an admin of the workspace, named by a number or as 2.16 answers with it', async () => {
    const { body } = await owner(Number(me));
    const put = api.send('put', `/contacts/${body.id}`).set('intercom-version', '2.16');

    expect(body.owner_id).toBe(Number(me));
    expect((await put.send({ owner_id: me })).body.owner_id).toBe(me);
    expect((await api.send('put', `/contacts/${body.id}`).send({ owner_id: null })).body.owner_id).toBeNull();
  });

  it.each([
    ['an admin of another workspace', () => Number(stranger)],
    ['nobody', () => 0],
    ['a number that no row can have', () => Number.MAX_SAFE_INTEGER],
  ])('is not %s, and nothing is written then', async (_, id) => {
    const { body } = await owner(Number(me));
    const refused = await api.send('put', `/contacts/${body.id}`).send({ name: 'Ann', owner_id: id() });

    expect(refused.status).toBe(400);
    expect(refused.body.errors).toMatchObject([{ code: 'parameter_invalid', field: 'owner_id' }]);
    expect((await api.send('get', `/contacts/${body.id}`)).body).toEqual(body);
    expect((await owner(id())).body.errors).toMatchObject([{ code: 'parameter_invalid', field: 'owner_id' }]);
  });
});
