import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { IntercomClient } from 'intercom-client';
import { contactAnswer, visitorAnswer } from '#contracts';
import type { Contact } from '#domain';
import { VisitorService } from '#pipeline';
import { testApi, type TestApi } from '../../../../test/support/api.js';
import { otherWorkspace } from '../../../../test/support/other-workspace.js';
import { sdkOf } from '../../../../test/support/sdk.js';

let api: TestApi;
let sdk: IntercomClient;
beforeAll(async () => {
  api = await testApi();
  sdk = await sdkOf(api);
});
afterAll(() => api.close());

const visit = (anonymousId: string): Promise<Contact> =>
  api.app.get(VisitorService).ensure(api.workspaceId, anonymousId);
const convert = (body: object) => api.send('post', '/visitors/convert').send(body);

describe('the official SDK', () => {
  it('finds and updates a visitor', async () => {
    const { id } = await visit('a-1');
    const updated = await sdk.visitors.update({
      user_id: 'a-1',
      name: 'Gareth',
      custom_attributes: { plan: 'free' },
    });

    expect(visitorAnswer.parse(updated)).toMatchObject({
      type: 'visitor',
      id,
      user_id: 'a-1',
      anonymous: true,
      app_id: 'demo',
      name: 'Gareth',
      session_count: 0,
      last_request_at: null,
      custom_attributes: { plan: 'free' },
    });
    expect(await sdk.visitors.find({ user_id: 'a-1' })).toEqual(updated);
    expect((await api.send('get', `/visitors?id=${id}`)).body).toEqual(updated);
  });

  it('merges a visitor into the user that exists', async () => {
    const { id: visitor } = await visit('a-2');
    await api
      .send('put', '/visitors')
      .send({ id: visitor, name: 'Anon', custom_attributes: { seen: 'home' } });
    const { body: user } = await api.send('post', '/contacts').send({ external_id: 'known', name: 'Known' });
    const contact = await sdk.visitors.mergeToContact({
      type: 'user',
      user: { user_id: 'known', email: 'known@example.com' },
      visitor: { user_id: 'a-2' },
    });

    expect(contactAnswer.parse(contact)).toMatchObject({
      id: user.id,
      role: 'user',
      external_id: 'known',
      email: 'known@example.com',
      name: 'Known',
      custom_attributes: { seen: 'home' },
    });
    const gone = await api.send('get', `/contacts/${visitor}`).set('Intercom-Version', '2.16');
    expect(gone.body.errors).toMatchObject([{ code: 'contact_merged', contact_id: user.id }]);
  });
});

describe('a visitor', () => {
  it.each([
    [
      'user',
      { user_id: 'new-user', email: 'new@example.com' },
      { external_id: 'new-user', email: 'new@example.com' },
    ],
    [
      'user',
      { id: '8a88a590-e1c3-41e2-a502-e0649dbf721c' },
      { external_id: '8a88a590-e1c3-41e2-a502-e0649dbf721c' },
    ],
    ['user', { email: 'mail-only@example.com' }, { external_id: null, email: 'mail-only@example.com' }],
    ['lead', { email: 'lead@example.com' }, { external_id: null, email: 'lead@example.com' }],
  ])('becomes a %s where it stands: %j', async (type, user, expected) => {
    const anonymousId = `stands-${JSON.stringify(user)}`;
    const { id } = await visit(anonymousId);
    const answer = await convert({ type, user, visitor: { user_id: anonymousId } });

    expect(answer.status).toBe(200);
    expect(answer.body).toMatchObject({ id, role: type, ...expected });
    expect((await api.send('get', `/visitors?id=${id}`)).status).toBe(404);
    expect((await visit(anonymousId)).id).toBe(id);
  });

  it('is merged into a lead by its id', async () => {
    const { id: visitor } = await visit('a-3');
    const { body: lead } = await api.send('post', '/contacts').send({ role: 'lead' });
    const answer = await convert({ type: 'lead', user: { id: lead.id }, visitor: { id: visitor } });

    expect(answer.body).toMatchObject({ id: lead.id, role: 'lead' });
    expect((await visit('a-3')).id).toBe(lead.id);
  });

  it('leads to the user through the lead that it was merged into', async () => {
    const { id: visitor } = await visit('a-4');
    const { body: lead } = await api.send('post', '/contacts').send({ role: 'lead' });
    const { body: user } = await api.send('post', '/contacts').send({ external_id: 'in-the-end' });
    await convert({ type: 'lead', user: { id: lead.id }, visitor: { id: visitor } });
    await api.send('post', '/contacts/merge').send({ from: lead.id, into: user.id });
    const gone = await api.send('get', `/contacts/${visitor}`).set('Intercom-Version', '2.16');

    expect(gone.headers['link']).toBe(`</contacts/${user.id}>; rel="canonical"`);
  });

  it('is one, of many who say so at the same time', async () => {
    const visitors = await Promise.all(Array.from({ length: 50 }, () => visit('at-once')));

    expect(new Set(visitors.map(({ id }) => id)).size).toBe(1);
  });

  it('is no contact yet, and none is made by writing it', async () => {
    const { id } = await visit('a-5');

    expect((await api.send('get', `/contacts/${id}`)).status).toBe(404);
    expect((await api.send('put', `/contacts/${id}`).send({ name: 'x' })).status).toBe(404);
    expect((await api.send('put', '/visitors').send({ user_id: 'nobody', name: 'x' })).status).toBe(404);
    expect(
      (await convert({ type: 'user', user: { user_id: 'x' }, visitor: { user_id: 'nobody' } })).status,
    ).toBe(404);
    expect((await convert({ type: 'user', user: { id: '0'.repeat(24) }, visitor: { id } })).status).toBe(404);
  });

  it.each([
    ['get', '/visitors', {}],
    ['put', '/visitors', { name: 'x' }],
    [
      'post',
      '/visitors/convert',
      { type: 'visitor', user: { email: 'a@b.example' }, visitor: { user_id: 'a-5' } },
    ],
    ['post', '/visitors/convert', { type: 'user', user: {}, visitor: { user_id: 'a-5' } }],
    ['post', '/visitors/convert', { type: 'lead', user: { user_id: 'x' }, visitor: { user_id: 'a-5' } }],
  ] as const)('is not to be had by %s %s %j', async (method, path, body) => {
    expect((await api.send(method, path).send(body)).status).toBe(400);
  });

  it('of another workspace is not found', async () => {
    const other = await otherWorkspace(api);
    const { id } = await visit('a-6');

    expect((await other.send('get', `/visitors?id=${id}`)).status).toBe(404);
    expect((await other.send('get', '/visitors?user_id=a-6')).status).toBe(404);
    expect((await other.send('put', '/visitors').send({ id, name: 'x' })).status).toBe(404);
  });
});
