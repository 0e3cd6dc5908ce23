import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { testApi, type TestApi } from '../../../../test/support/api.js';
import { otherWorkspace } from '../../../../test/support/other-workspace.js';

const AT_ONCE = 200;

let api: TestApi;
beforeAll(async () => {
  api = await testApi();
});
afterAll(() => api.close());

const post = (path: string, body: object) => api.send('post', path).send(body);
const upsert = (body: object) => post('/contacts/upsert', body);
const created = async (body: object): Promise<string> => (await post('/contacts', body)).body.id;
const parallel = <T>(work: (i: number) => PromiseLike<T>): Promise<T[]> =>
  Promise.all(Array.from({ length: AT_ONCE }, (_, i) => work(i)));

describe('an upsert', () => {
  it('creates the user, and then writes it, by external id and by address', async () => {
    const first = await upsert({ external_id: 'u1', email: 'U1@example.com', name: 'One' });
    const second = await upsert({ external_id: 'u1', phone: '1' });
    const third = await upsert({ email: 'u1@example.com', name: 'Uno', custom_attributes: { plan: 'pro' } });

    expect([first.status, second.status, third.status]).toEqual([200, 200, 200]);
    expect(new Set([first.body.id, second.body.id, third.body.id]).size).toBe(1);
    expect(third.body).toMatchObject({
      role: 'user',
      external_id: 'u1',
      email: 'u1@example.com',
      name: 'Uno',
      phone: '1',
      custom_attributes: { plan: 'pro' },
    });
  });

  it('gives its external id to the user of the address who has none', async () => {
    const id = await created({ email: 'u2@example.com' });
    const answer = await upsert({ external_id: 'u2', email: 'u2@example.com' });

    expect(answer.body).toMatchObject({ id, external_id: 'u2' });
  });

  it('writes the address of the user of the external id', async () => {
    const id = await created({ external_id: 'u3', email: 'u3@example.com' });

    expect((await upsert({ external_id: 'u3', email: 'new@example.com' })).body).toMatchObject({
      id,
      email: 'new@example.com',
    });
  });

  it('makes a new user where the address is one of another external id, and then asks for that', async () => {
    const id = await created({ external_id: 'u4', email: 'family@example.com' });
    const answer = await upsert({ external_id: 'u4b', email: 'family@example.com' });
    const unclear = await upsert({ email: 'family@example.com', name: 'Who?' });

    expect(answer.body).toMatchObject({ external_id: 'u4b', email: 'family@example.com' });
    expect(answer.body.id).not.toBe(id);
    expect(unclear.body.errors).toMatchObject([{ code: 'conflict', field: 'email' }]);
    expect((await post('/contacts', { external_id: 'u4c', email: 'family@example.com' })).status).toBe(409);
  });

  it('leaves a lead of the address alone', async () => {
    const lead = await created({ role: 'lead', email: 'u5@example.com' });

    expect((await upsert({ email: 'u5@example.com' })).body.id).not.toBe(lead);
  });

  it('says that the user is archived, or brings it back, and never a blocked one', async () => {
    const id = await created({ external_id: 'u6' });
    await post(`/contacts/${id}/archive`, {});
    const refused = await upsert({ external_id: 'u6' });
    const restored = await post('/contacts/upsert?unarchive=true', { external_id: 'u6', name: 'Six' });
    await post(`/contacts/${id}/block`, {});
    const blocked = await post('/contacts/upsert?unarchive=true', { external_id: 'u6' });

    expect(refused.body.errors).toMatchObject([{ code: 'conflict', contact_id: id, archived: true }]);
    expect(restored.body).toMatchObject({ id, name: 'Six' });
    expect(blocked.body.errors).toMatchObject([{ code: 'not_restorable', contact_id: id }]);
  });

  it.each([
    [{}, 'email'],
    [{ name: 'Nobody' }, 'email'],
    [{ role: 'lead', email: 'a@example.com' }, 'role'],
    [{ external_id: 'u7', nickname: 'x' }, 'nickname'],
  ])('refuses %j', async (body, field) => {
    const answer = await upsert(body);

    expect([answer.status, answer.body.errors[0].field]).toEqual([400, field]);
  });

  it('of another workspace writes another contact', async () => {
    const other = await otherWorkspace(api);
    const id = await created({ external_id: 'u8', email: 'u8@example.com' });
    const answer = await other
      .send('post', '/contacts/upsert')
      .send({ external_id: 'u8', email: 'u8@example.com' });

    expect([answer.status, answer.body.id === id]).toEqual([200, false]);
  });
});

describe('at once', () => {
  const count = async (externalId: string) => {
    const rows = await api.store.database.query('SELECT FROM contact WHERE external_id = $1', [externalId]);
    return rows.length;
  };

  it(`${AT_ONCE} upserts of one external id make one contact, and lose nothing`, async () => {
    const answers = await parallel((i) =>
      upsert({ external_id: 'same', custom_attributes: { [`a${i}`]: i } }),
    );
    const ids = new Set(answers.map(({ body }) => body.id));
    const [id] = ids;

    expect(answers.filter(({ status }) => status !== 200)).toEqual([]);
    expect([ids.size, await count('same')]).toEqual([1, 1]);
    const { body } = await api.send('get', `/contacts/${id}`);
    expect(Object.keys(body.custom_attributes)).toHaveLength(AT_ONCE);
  });

  it(`${AT_ONCE} upserts of one address make one contact`, async () => {
    const answers = await parallel(() => upsert({ email: 'same@example.com' }));

    expect(answers.filter(({ status }) => status !== 200)).toEqual([]);
    expect(new Set(answers.map(({ body }) => body.id)).size).toBe(1);
  });

  it('upserts of one address give a user without external id one, and the others become users of their own', async () => {
    await created({ email: 'shared@example.com' });
    const answers = await parallel((i) =>
      upsert({ external_id: `shared-${i % 10}`, email: 'shared@example.com' }),
    );

    expect(answers.filter(({ status }) => status !== 200)).toEqual([]);
    expect(answers.map(({ body }, i) => body.external_id === `shared-${i % 10}`)).not.toContain(false);
    expect(new Set(answers.map(({ body }) => body.id)).size).toBe(10);
  });

  it(`${AT_ONCE} creates make one contact and ${AT_ONCE - 1} conflicts that name it`, async () => {
    const answers = await parallel(() =>
      post('/contacts', { external_id: 'once', email: 'once@example.com' }),
    );
    const [winner, ...more] = answers.filter(({ status }) => status === 200);
    const refused = answers.filter(({ status }) => status === 409);

    expect([more.length, refused.length, await count('once')]).toEqual([0, AT_ONCE - 1, 1]);
    expect(new Set(refused.map(({ body }) => body.errors[0].contact_id))).toEqual(new Set([winner?.body.id]));
  });

  it(`${AT_ONCE} updates of different attributes of one contact are all kept`, async () => {
    const id = await created({ external_id: 'updated' });
    const answers = await parallel((i) =>
      api.send('put', `/contacts/${id}`).send({ custom_attributes: { [`a${i}`]: i } }),
    );
    const { body } = await api.send('get', `/contacts/${id}`);

    expect(answers.filter(({ status }) => status !== 200)).toEqual([]);
    expect(Object.keys(body.custom_attributes)).toHaveLength(AT_ONCE);
  });
});
