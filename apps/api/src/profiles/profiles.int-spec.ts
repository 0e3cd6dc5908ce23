import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { profileChoices } from '#contracts';
import { testApi, type TestApi } from '../../../../test/support/api.js';

let api: TestApi;
beforeAll(async () => {
  api = await testApi();
});
afterAll(() => api.close());

const create = async (body: object) => (await api.send('post', '/contacts').send(body)).body;
const show = (query: string, app = 'demo') => api.send('get', `/apps/${app}/users/show?${query}`);

describe('a profile link', () => {
  it('by user_id leads to the page of its contact', async () => {
    const contact = await create({ external_id: 'a/b ü', name: 'Ann' });
    const answer = await show(`user_id=${encodeURIComponent('a/b ü')}`);

    expect(answer.status).toBe(302);
    expect(answer.headers['location']).toBe(`/apps/demo/users/${contact.id}`);
    expect((await api.send('get', `/apps/demo/users/${contact.id}`)).body).toEqual(contact);
  });

  it('by an address that one contact has leads to it, however the address is spelt', async () => {
    const { id } = await create({ email: 'one@example.com' });

    expect((await show('email=One@Example.com')).headers['location']).toBe(`/apps/demo/users/${id}`);
  });

  it('by an address that several share lists them to choose from', async () => {
    const user = await create({ email: 'shared@example.com', external_id: 's', name: 'Sue' });
    const lead = await create({ role: 'lead', email: 'shared@example.com' });
    const answer = await show('email=shared@example.com');

    expect(answer.status).toBe(300);
    expect(profileChoices.parse(answer.body).data).toEqual([
      {
        type: 'contact',
        id: user.id,
        role: 'user',
        name: 'Sue',
        external_id: 's',
        email: 'shared@example.com',
        url: `/apps/demo/users/${user.id}`,
      },
      expect.objectContaining({ id: lead.id, role: 'lead', name: null, external_id: null }),
    ]);
  });

  it.each(['user_id=nobody', 'email=nobody@example.com'])('to nobody is not found: %s', async (query) => {
    expect((await show(query)).status).toBe(404);
  });

  it.each(['', 'user_id=a&email=a@example.com', 'name=Ann', 'email=nonsense'])(
    'that names nobody, or too much, is refused: "%s"',
    async (query) => {
      expect((await show(query)).status).toBe(400);
    },
  );

  it("into another workspace's app is not found", async () => {
    await create({ external_id: 'mine' });
    const { body } = await show('user_id=mine', 'other');

    expect(body.errors).toMatchObject([{ code: 'not_found' }]);
  });
});
