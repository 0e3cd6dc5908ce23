import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { bulkReport, MAX_BULK } from '#contracts';
import { testApi, type TestApi } from '../../../../test/support/api.js';
import { otherWorkspace } from '../../../../test/support/other-workspace.js';

const AT = 1_700_000_000;
const NOBODY = '0123456789abcdef01234567';

let api: TestApi;
let contactId: string;
beforeAll(async () => {
  api = await testApi();
  contactId = (await api.send('post', '/contacts').send({ external_id: 'u1', email: 'u1@example.com' })).body
    .id;
});
afterAll(() => api.close());
beforeEach(() => accepted());

const send = (body: object) => api.send('post', '/activities').send(body);

/** What the inbox holds, which is emptied. */
async function accepted(): Promise<{ kind: string; contact_id: string; payload: Record<string, unknown> }[]> {
  return api.store.database.query('DELETE FROM inbox RETURNING kind, contact_id, payload');
}

describe('an activity', () => {
  it.each<[string, () => object]>([
    ['id', () => ({ id: contactId })],
    ['user_id', () => ({ user_id: 'u1' })],
    ['email', () => ({ email: 'U1@example.com' })],
    ['an id that can be nobody’s and user_id', () => ({ id: 'bogus', user_id: 'u1' })],
  ])('is accepted of a contact by its %s', async (_, who) => {
    const answer = await send({ ...who(), created_at: AT });

    expect([answer.status, answer.text]).toEqual([202, '']);
    expect(await accepted()).toEqual([
      {
        kind: 'activity',
        contact_id: contactId,
        payload: expect.objectContaining({ platform: 'web', createdAt: AT }),
      },
    ]);
  });

  it('is one of now unless it says when', async () => {
    const before = Math.floor(Date.now() / 1000);
    await send({ user_id: 'u1' });
    const [row] = await accepted();

    expect(Number(row?.payload['createdAt'])).toBeGreaterThanOrEqual(before);
    expect(Number(row?.payload['createdAt'])).toBeLessThan(before + 60);
  });

  it('carries the device, where it came from, its companies and that a session starts', async () => {
    const answer = await send({
      user_id: 'u1',
      created_at: AT,
      platform: 'ios',
      new_session: true,
      app_name: 'Muster',
      app_version: '1.2',
      device: 'iPhone17,1',
      os_version: '19.0',
      sdk_version: '18.1.0',
      utm_source: 'ad',
      companies: ['acme', { company_id: 'umbrella', name: 'Umbrella' }],
    });
    const companies = await api.send('get', `/contacts/${contactId}/companies`);
    const activity = (await accepted()).find(({ kind }) => kind === 'activity');

    expect(answer.status).toBe(202);
    expect(activity?.payload).toMatchObject({
      platform: 'ios',
      startsSession: true,
      attributes: {
        ios_app_name: 'Muster',
        ios_app_version: '1.2',
        ios_device: 'iPhone17,1',
        ios_os_version: '19.0',
        ios_sdk_version: '18.1.0',
      },
      firstTouch: { utm_source: 'ad' },
      companyIds: companies.body.data.map(({ id }: { id: string }) => id),
    });
    expect(
      companies.body.data.map(({ company_id, name }: Record<string, unknown>) => [company_id, name]),
    ).toEqual(
      expect.arrayContaining([
        ['acme', null],
        ['umbrella', 'Umbrella'],
      ]),
    );
  });

  it('carries what a mobile SDK knows of the user, where null clears', async () => {
    await send({
      user_id: 'u1',
      created_at: AT,
      platform: 'android',
      push_enabled: true,
      app_version: null,
      name: 'Ada',
      phone: null,
      custom_attributes: { plan: 'pro', seats: null },
    });
    const rows = await accepted();

    expect(rows.find(({ kind }) => kind === 'attributes')?.payload).toMatchObject({
      at: AT,
      attributes: { name: 'Ada', phone: null, android_app_version: null, enabled_push_messaging: true },
      customAttributes: { plan: 'pro', seats: null },
    });
  });

  it.each<[string, object, number, string]>([
    ['of an unknown user', { user_id: 'nobody' }, 404, 'user_id'],
    ['of an unknown id', { id: NOBODY }, 404, 'id'],
    ['of what is no id', { id: 'bogus' }, 404, 'id'],
    ['of an unknown device', { anonymous_id: 'unseen' }, 404, 'anonymous_id'],
    ['of nobody', {}, 400, 'user_id'],
    ['with a wrong time', { user_id: 'u1', created_at: 'now' }, 400, 'created_at'],
    ['with milliseconds', { user_id: 'u1', created_at: AT * 1000 }, 400, 'created_at'],
    ['of an unknown platform', { user_id: 'u1', platform: 'tv' }, 400, 'platform'],
    ['with an app on the web', { user_id: 'u1', app_name: 'Muster' }, 400, 'app_name'],
    ['with a company of no name', { user_id: 'u1', companies: [''] }, 400, 'companies.0'],
    ['with what nobody knows', { user_id: 'u1', mood: 'good' }, 400, 'mood'],
  ])('%s is refused, and nothing is in the inbox', async (_, body, status, field) => {
    const answer = await send(body);

    expect(answer.status).toBe(status);
    expect(answer.body.errors[0].field).toBe(field);
    expect(await accepted()).toEqual([]);
  });

  it('makes whoever is unknown, if it is to: a user of a name, a visitor of a device', async () => {
    const user = await send({ user_id: 'fresh', create: true, created_at: AT });
    const visitor = await send({ anonymous_id: 'device-1', create: true, created_at: AT });
    const again = await send({ anonymous_id: 'device-1', created_at: AT + 1 });

    expect([user.status, visitor.status, again.status]).toEqual([202, 202, 202]);
    expect((await api.send('get', '/contacts/find_by_external_id/fresh')).body).toMatchObject({
      role: 'user',
    });
    expect((await api.send('get', '/visitors?user_id=device-1')).status).toBe(200);
  });

  it('makes a visitor the user that it turns out to be', async () => {
    await send({ anonymous_id: 'device-2', create: true });
    const visitor = (await api.send('get', '/visitors?user_id=device-2')).body;
    await send({ anonymous_id: 'device-2', user_id: 'known', create: true });

    const contact = await api.send('get', '/contacts/find_by_external_id/known');
    expect(contact.body).toMatchObject({ id: visitor.id, role: 'user' });
  });

  it('is not of another workspace’s contact', async () => {
    const other = await otherWorkspace(api);
    const answer = await other.send('post', '/activities').send({ id: contactId });

    expect(answer.status).toBe(404);
    expect(await accepted()).toEqual([]);
  });
});

describe('a list of activities', () => {
  it('is accepted and refused item by item', async () => {
    const activities = [
      { user_id: 'u1', created_at: AT },
      { user_id: 'nobody' },
      'no activity',
      { user_id: 'made', create: true, created_at: AT },
      { user_id: 'u1', platform: 'tv' },
      { id: contactId, created_at: AT + 1 },
    ];
    const answer = await api.send('post', '/activities/bulk').send({ activities });
    const report = bulkReport.parse(answer.body);

    expect(answer.status).toBe(202);
    expect(report).toMatchObject({ accepted: 3, refused: 3 });
    expect(report.items.map((item) => item.errors.map((error) => error.field ?? error.code))).toEqual([
      [],
      ['user_id'],
      ['parameter_invalid'],
      [],
      ['platform'],
      [],
    ]);
    const seen = (await accepted()).filter(({ kind }) => kind === 'activity');
    expect(seen).toHaveLength(3);
  });

  it.each([
    [0, 400],
    [1, 202],
    [MAX_BULK, 202],
    [MAX_BULK + 1, 400],
  ])('of %d is answered %d', async (length, status) => {
    const activities = Array.from({ length }, (_, i) => ({ user_id: 'u1', created_at: AT + i }));
    expect((await api.send('post', '/activities/bulk').send({ activities })).status).toBe(status);
  });
});
