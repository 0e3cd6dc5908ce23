import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { IntercomClient } from 'intercom-client';
import { bytes, type Transaction } from '#database';
import { laneOf } from '#domain';
import { testApi, type TestApi } from '../../../../test/support/api.js';
import { whileUncommitted } from '../../../../test/support/while-uncommitted.js';
import { otherWorkspace } from '../../../../test/support/other-workspace.js';
import { sdkOf } from '../../../../test/support/sdk.js';

let api: TestApi;
let sdk: IntercomClient;
beforeAll(async () => {
  api = await testApi();
  sdk = await sdkOf(api);
});
afterAll(() => api.close());

const post = (path: string, body: object = {}) => api.send('post', path).send(body);
const created = async (body: object): Promise<string> => (await post('/contacts', body)).body.id;

describe('the official SDK', () => {
  it('archives a contact and brings it back', async () => {
    const id = await created({ external_id: 'sdk-archive' });
    const reference = { type: 'contact', id, external_id: 'sdk-archive' };

    expect(await sdk.contacts.archive({ contact_id: id })).toEqual({ ...reference, archived: true });
    expect(await sdk.contacts.find({ contact_id: id })).toMatchObject({ id, external_id: 'sdk-archive' });
    expect(await sdk.contacts.unarchive({ contact_id: id })).toEqual({ ...reference, archived: false });
  });

  it('blocks a contact, which cannot come back or be made again', async () => {
    const id = await created({ external_id: 'sdk-block', email: 'block@example.com' });

    expect(await sdk.contacts.blockContact({ contact_id: id })).toEqual({
      type: 'contact',
      id,
      external_id: 'sdk-block',
      blocked: true,
    });
    await expect(sdk.contacts.unarchive({ contact_id: id })).rejects.toMatchObject({ statusCode: 409 });
    for (const body of [{ external_id: 'sdk-block' }, { email: 'block@example.com' }])
      for (const query of ['', '?unarchive=true'])
        expect((await post(`/contacts${query}`, body)).body.errors).toMatchObject([
          { code: 'not_restorable', contact_id: id, message: expect.stringMatching(new RegExp(`id=${id}$`)) },
        ]);
  });

  it('deletes a contact for good', async () => {
    const id = await created({ external_id: 'sdk-delete' });

    expect(await sdk.contacts.delete({ contact_id: id })).toEqual({
      type: 'contact',
      id,
      external_id: 'sdk-delete',
      deleted: true,
    });
    await expect(sdk.contacts.find({ contact_id: id })).rejects.toMatchObject({ statusCode: 404 });
    await expect(
      sdk.events.create({ id, event_name: 'late', created_at: 1_700_000_000 }),
    ).rejects.toMatchObject({ statusCode: 404 });
    expect(await created({ external_id: 'sdk-delete' })).not.toBe(id);
  });
});

describe('a conflict', () => {
  it('says that the other contact is archived, and ends in its id', async () => {
    const id = await created({ external_id: 'hidden', email: 'hidden@example.com' });
    await post(`/contacts/${id}/archive`);
    const other = await created({ external_id: 'visible' });
    const answers = [
      await post('/contacts', { external_id: 'hidden' }),
      await post('/contacts', { email: 'hidden@example.com' }),
      await api.send('put', `/contacts/${other}`).send({ external_id: 'hidden' }),
    ];

    for (const { status, body } of answers) {
      expect([status, body.errors[0].code, body.errors[0].contact_id]).toEqual([409, 'conflict', id]);
      expect(body.errors[0].message).toMatch(new RegExp(`archived.* id=${id}$`));
    }
  });

  it('is settled by ?unarchive=true: the contact comes back, and is written', async () => {
    const id = await created({ external_id: 'gone', name: 'Before', phone: '1' });
    await post(`/contacts/${id}/archive`);
    const answer = await post('/contacts?unarchive=true', { external_id: 'gone', name: 'After' });

    expect([answer.status, answer.body.id]).toEqual([200, id]);
    expect(answer.body).toMatchObject({ name: 'After', phone: '1' });
    expect((await post('/contacts?unarchive=true', { external_id: 'gone' })).body.errors[0].message).toMatch(
      /^A contact/,
    );
  });

  it('leaves the archived contact as it was when anything else is wrong', async () => {
    await created({ external_id: 'rival', email: 'rival@example.com' });
    const id = await created({ external_id: 'resting', name: 'Resting' });
    await post(`/contacts/${id}/archive`);
    const body = { external_id: 'resting', name: 'Awake', email: 'rival@example.com' };

    expect((await post('/contacts?unarchive=true', body)).status).toBe(409);
    expect((await api.send('get', `/contacts/${id}`)).body.name).toBe('Resting');
    expect((await post('/contacts', { external_id: 'resting' })).body.errors[0].message).toMatch(/archived/);
  });
});

describe('what is hung on a contact at the last moment', () => {
  const tagging = (contactId: string) => (tx: Transaction) =>
    tx.query(
      `WITH person AS (SELECT lane, id FROM contact WHERE lane = $1 AND id = $2 FOR KEY SHARE)
       INSERT INTO contact_tag (lane, contact_id, tag_id, workspace_id, applied_at)
       SELECT lane, id, 7, 1, now() FROM person`,
      [laneOf(contactId), bytes(contactId)],
    );
  const tagged = (contactId: string) =>
    api.store.database.query('SELECT FROM contact_tag WHERE contact_id = $1', [bytes(contactId)]);

  it('goes with it when it is erased', async () => {
    const id = await created({ external_id: 'tagged and gone' });
    const answer = await whileUncommitted(api.store, tagging(id), async () =>
      api.send('delete', `/contacts/${id}`),
    );

    expect(answer.status).toBe(200);
    expect(await tagged(id)).toEqual([]);
  });

  it('moves with it when it is merged', async () => {
    const into = await created({ external_id: 'the one who stays' });
    const from = await created({ role: 'lead', name: 'Who goes' });
    const answer = await whileUncommitted(api.store, tagging(from), async () =>
      post('/contacts/merge', { from, into }),
    );

    expect(answer.status).toBe(200);
    expect([await tagged(from), await tagged(into)]).toEqual([[], [{}]]);
  });
});

describe('a contact', () => {
  it('is archived and blocked twice as once', async () => {
    const id = await created({ external_id: 'twice' });
    const answers = [await post(`/contacts/${id}/archive`), await post(`/contacts/${id}/archive`)];
    const blocked = [await post(`/contacts/${id}/block`), await post(`/contacts/${id}/block`)];

    expect(answers.map(({ body }) => body.archived)).toEqual([true, true]);
    expect(blocked.map(({ body }) => body.blocked)).toEqual([true, true]);
  });

  it('is erased by the request of version 1 too', async () => {
    const id = await created({ external_id: 'v1' });
    const answer = await post('/user_delete_requests', { intercom_user_id: id });

    expect([answer.status, answer.body]).toEqual([200, { id: expect.any(String) }]);
    expect((await api.send('get', `/contacts/${id}`)).status).toBe(404);
    expect((await post('/user_delete_requests', { intercom_user_id: id })).status).toBe(404);
  });

  it('of another workspace is not found', async () => {
    const other = await otherWorkspace(api);
    const id = await created({ external_id: 'mine' });
    const calls = [
      other.send('post', `/contacts/${id}/archive`),
      other.send('post', `/contacts/${id}/unarchive`),
      other.send('post', `/contacts/${id}/block`),
      other.send('delete', `/contacts/${id}`),
      other.send('post', '/user_delete_requests').send({ intercom_user_id: id }),
      other.send('get', `/contacts/${id}/merge_history`),
    ];

    for (const call of calls) expect((await call).status).toBe(404);
    expect((await api.send('get', `/contacts/${id}`)).status).toBe(200);
  });
});
