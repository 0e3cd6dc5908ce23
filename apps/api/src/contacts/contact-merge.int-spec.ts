import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { contactAnswer, mergeHistory } from '#contracts';
import { testApi, type TestApi } from '../../../../test/support/api.js';
import { otherWorkspace } from '../../../../test/support/other-workspace.js';
import { sdkOf } from '../../../../test/support/sdk.js';

let api: TestApi;
beforeAll(async () => {
  api = await testApi();
});
afterAll(() => api.close());

const created = async (body: object): Promise<string> =>
  (await api.send('post', '/contacts').send(body)).body.id;
const lead = (body: object = {}) => created({ role: 'lead', ...body });
const user = (name: string, body: object = {}) => created({ external_id: name, ...body });
const merge = (body: object, version = '2.14') =>
  api.send('post', '/contacts/merge').set('Intercom-Version', version).send(body);
const get = (path: string, version: string) => api.send('get', path).set('Intercom-Version', version);

describe('the official SDK', () => {
  it('merges a lead into a user', async () => {
    const sdk = await sdkOf(api);
    const from = await lead({ email: 'sdk@example.com', name: 'Lead' });
    const into = await user('sdk', { name: 'User' });
    const merged = await sdk.contacts.mergeLeadInUser({ from, into });

    expect(contactAnswer.parse(merged)).toMatchObject({
      id: into,
      role: 'user',
      external_id: 'sdk',
      email: 'sdk@example.com',
      name: 'User',
    });
    expect(await sdk.contacts.find({ contact_id: into })).toEqual(merged);
    await expect(sdk.contacts.find({ contact_id: from })).rejects.toMatchObject({ statusCode: 404 });
  });
});

describe('a merge', () => {
  it('gives the names of the merged one to the survivor at once', async () => {
    const from = await lead({ email: 'names@example.com' });
    const into = await user('names');
    const tag = (reference: object) => api.send('post', '/tags').send({ name: 'Merged', users: [reference] });
    const events = (query: object) =>
      api.send('get', '/events').query({ type: 'user', summary: true, ...query });
    const answers = async () => [
      (await tag({ id: from })).status,
      (await tag({ email: 'names@example.com' })).status,
      (await events({ intercom_user_id: from })).body.intercom_user_id,
      (await events({ email: 'names@example.com' })).body.intercom_user_id,
    ];
    expect(await answers()).toEqual([200, 200, from, from]);
    await merge({ from, into });

    expect(await answers()).toEqual([200, 200, into, into]);
  });

  it.each<[string, () => Promise<object>]>([
    ['a user into a user', async () => ({ from: await user('r1'), into: await user('r2') })],
    ['a lead into a lead', async () => ({ from: await lead(), into: await lead() })],
    ['a user into a lead', async () => ({ from: await user('r3'), into: await lead() })],
  ])('of %s is refused', async (_, body) => {
    const answer = await merge(await body());

    expect([answer.status, answer.body.errors[0].code]).toEqual([400, 'invalid_merge']);
  });

  it('of a contact into itself, or with one that is archived, is refused', async () => {
    const [one, archived, into] = [await lead(), await lead(), await user('r4')];
    await api.send('post', `/contacts/${archived}/archive`);

    for (const body of [
      { from: one, into: one },
      { from: archived, into },
    ])
      expect((await merge(body)).body.errors).toMatchObject([{ code: 'invalid_merge' }]);
  });

  it('of what is not there, here, is not found', async () => {
    const other = await otherWorkspace(api);
    const [from, into] = [await lead(), await user('r5')];

    expect((await merge({ from: '0'.repeat(24), into })).status).toBe(404);
    expect((await other.send('post', '/contacts/merge').send({ from, into })).status).toBe(404);
    expect((await merge({ from: 'x', into })).status).toBe(400);
    expect((await merge({ into })).body.errors).toMatchObject([{ code: 'parameter_missing', field: 'from' }]);
  });

  it('wants a shared address or phone from 2.16 on, unless it is told otherwise', async () => {
    const into = await user('v216', { email: 'v216@example.com', phone: '+1' });
    const stranger = await lead({ email: 'stranger@example.com' });
    const refused = await merge({ from: stranger, into }, '2.16');

    expect(refused.body.errors).toMatchObject([{ code: 'invalid_merge' }]);
    expect((await merge({ from: await lead({ email: 'v216@example.com' }), into }, '2.16')).status).toBe(200);
    expect((await merge({ from: await lead({ phone: '+1' }), into }, '2.16')).status).toBe(200);
    expect((await merge({ from: stranger, into }, '2.15')).status).toBe(200);
    const body = { from: await lead(), into, skip_duplicate_validation: true };
    expect((await merge(body, '2.16')).status).toBe(200);
  });

  it('happens once, of many at the same time', async () => {
    const [from, one, two] = [await lead(), await user('race-1'), await user('race-2')];
    const answers = await Promise.all([one, two, one, two].map((into) => merge({ from, into })));

    expect(answers.map(({ status }) => status).sort()).toEqual([200, 404, 404, 404]);
  });
});

describe('a merged contact', () => {
  it('is gone until 2.15, and from 2.16 on leads to the one that took it in', async () => {
    const [from, into] = [await lead(), await user('led')];
    await merge({ from, into });
    const gone = await get(`/contacts/${from}`, '2.16');

    expect((await get(`/contacts/${from}`, '2.15')).status).toBe(404);
    expect([gone.status, gone.body.errors[0]]).toMatchObject([
      410,
      { code: 'contact_merged', contact_id: into },
    ]);
    expect(gone.headers['link']).toBe(`</contacts/${into}>; rel="canonical"`);
    expect((await get('/contacts/0123456789abcdef01234567', '2.16')).status).toBe(404);
  });

  it('takes events under its old id, for the one that took it in', async () => {
    const [from, into] = [await lead(), await user('events')];
    await merge({ from, into });
    const event = { id: from, event_name: 'bought', created_at: 1_700_000_000 };

    expect((await api.send('post', '/events').send(event)).status).toBe(202);
    const rows = await api.store.database.query(`SELECT contact_id FROM inbox WHERE kind = 'event'`);
    expect(rows).toEqual([{ contact_id: into }]);
  });

  it('is in the history of the user, a page at a time, in either order', async () => {
    const into = await user('history');
    const leads: string[] = [];
    for (let i = 0; i < 3; i++) {
      leads.push(await lead({ email: `l${i}@example.com` }));
      await merge({ from: leads[i], into });
    }
    const page = async (query: string) =>
      mergeHistory.parse((await get(`/contacts/${into}/merge_history?${query}`, '2.16')).body);
    const first = await page('per_page=2');
    const last = await page(`per_page=2&cursor=${first.next_cursor}`);

    expect(first.data[0]).toEqual({
      type: 'merge_history',
      source_contact_id: leads[2],
      source_external_id: null,
      source_email: 'l2@example.com',
      merged_at: expect.any(Number),
    });
    expect([...first.data, ...last.data].map((entry) => entry.source_contact_id)).toEqual(leads.toReversed());
    expect([first.has_more, last.has_more, last.next_cursor]).toEqual([true, false, null]);
    expect((await page('order=asc')).data.map((entry) => entry.source_contact_id)).toEqual(leads);
    const shown = await get(`/contacts/${into}?include_merge_history=true`, '2.16');
    expect(shown.body.merge_history).toEqual([...first.data, ...last.data]);
    expect((await get(`/contacts/${into}`, '2.16')).body).not.toHaveProperty('merge_history');
  });

  it('has no history before 2.16, and neither has a lead', async () => {
    const into = await user('none');

    expect((await get(`/contacts/${into}/merge_history`, '2.15')).status).toBe(404);
    expect((await get(`/contacts/${await lead()}/merge_history`, '2.16')).status).toBe(404);
    expect((await get(`/contacts/${into}?include_merge_history=true`, '2.15')).body).not.toHaveProperty(
      'merge_history',
    );
    expect((await get(`/contacts/${into}/merge_history?page=2`, '2.16')).status).toBe(400);
  });
});
