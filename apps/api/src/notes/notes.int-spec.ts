import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import type { IntercomClient } from 'intercom-client';
import { noteAnswer, noteList } from '#contracts';
import { testApi, type TestApi } from '../../../../test/support/api.js';
import { statusesOf } from '../../../../test/support/refusal.js';
import { otherWorkspace } from '../../../../test/support/other-workspace.js';
import { sdkOf } from '../../../../test/support/sdk.js';
import { deletionOf, whileUncommitted } from '../../../../test/support/while-uncommitted.js';

const NOBODY = '0123456789abcdef01234567';

let api: TestApi;
let sdk: IntercomClient;
let other: Awaited<ReturnType<typeof otherWorkspace>>;
beforeAll(async () => {
  api = await testApi();
  sdk = await sdkOf(api);
  other = await otherWorkspace(api);
});
afterAll(() => api.close());

let contact: string;
beforeEach(async () => {
  contact = (await sdk.contacts.create({ role: 'lead' })).id ?? '';
});

const post = (body: object) => api.send('post', `/contacts/${contact}/notes`).send(body);
const list = (query: string) => api.send('get', `/contacts/${contact}/notes?${query}`);

describe('a note', () => {
  it('is written by whoever holds the token, and found by the SDK', async () => {
    const note = await sdk.notes.create({ contact_id: contact, body: 'Wants <b>more</b>\nthan he has' });
    const { app: _, email_verified: __, ...me } = (await sdk.admins.identify()) ?? {};

    expect(noteAnswer.parse(note)).toEqual({
      type: 'note',
      id: expect.stringMatching(/^\d+$/),
      created_at: expect.any(Number),
      contact: { type: 'contact', id: contact },
      author: me,
      body: '<p>Wants &lt;b&gt;more&lt;/b&gt;<br>than he has</p>',
    });
    expect(Math.abs(note.created_at - api.clock.now())).toBeLessThan(5);
    expect(await sdk.notes.find({ note_id: Number(note.id) })).toEqual(note);
  });

  it('is by the admin that it names', async () => {
    const { id } = await aColleague('ann@example.com');
    const note = await sdk.notes.create({ contact_id: contact, body: 'Hello', admin_id: `${id}` });

    expect(note.author).toMatchObject({ type: 'admin', id: `${id}`, email: 'ann@example.com' });
    expect((await post({ body: 'Hello', admin_id: id })).body.author).toEqual(note.author);
    expect(await sdk.notes.find({ note_id: Number(note.id) })).toEqual(note);
  });

  it.each([
    ['another workspace', async () => (await other.sdk.admins.identify())?.id ?? ''],
    ['nowhere', async () => '2147483647'],
    ['no number', async () => 'ann'],
  ])('is not written by an admin of %s', async (_, id) => {
    const refused = await post({ body: 'Hello', admin_id: await id() });

    expect(refused.status).toBe(404);
    expect(refused.body.errors).toMatchObject([{ code: 'admin_not_found' }]);
    expect((await list('')).body.total_count).toBe(0);
  });

  it.each<[string, object, string]>([
    ['without a body', {}, 'body'],
    ['with an empty body', { body: '' }, 'body'],
    ['with a body of 50,001 characters', { body: 'x'.repeat(50_001) }, 'body'],
    ['with an unknown key', { body: 'x', author: 1 }, 'author'],
  ])('%s is refused by name', async (_, body, field) => {
    const answer = await post(body);

    expect(answer.status).toBe(400);
    expect(answer.body.errors).toMatchObject([{ field }]);
  });

  it('takes 50,000 characters', async () => {
    expect((await post({ body: 'x'.repeat(50_000) })).status).toBe(200);
  });

  it.each(['9007199254740991', '99999999999999999999', '0', 'x'])('is not found: %s', async (id) => {
    const answer = await api.send('get', `/notes/${id}`);

    expect(answer.status).toBe(404);
    expect(answer.body.errors[0].message).toMatch(/^Resource Not Found/);
  });

  it('is not found in another workspace', async () => {
    const { id } = await sdk.notes.create({ contact_id: contact, body: 'Secret' });

    const refused = await statusesOf([
      other.sdk.notes.find({ note_id: Number(id) }),
      other.sdk.notes.list({ contact_id: contact }),
      other.sdk.notes.create({ contact_id: contact, body: 'Mine' }),
    ]);

    expect(refused).toEqual([404, 404, 404]);
  });
});

describe('the notes of a contact', () => {
  it('come newest first, page by page, each once, until the SDK finds no more', async () => {
    const ids: string[] = [];
    for (let n = 0; n < 16; n++) ids.unshift((await post({ body: `note ${n}` })).body.id);
    const found: string[] = [];
    for await (const { id } of await sdk.notes.list({ contact_id: contact })) found.push(id);

    expect(found).toEqual(ids);
    const second = noteList.parse((await list('page=2')).body);
    expect(second).toMatchObject({
      type: 'list',
      data: [{ id: ids[15] }],
      total_count: 16,
      pages: { type: 'pages', page: 2, per_page: 15, total_pages: 2 },
    });
    expect((await list('page=3')).body).toMatchObject({ data: [], total_count: 16 });
    expect((await list('page=2&per_page=4')).body.data.map(({ id }: { id: string }) => id)).toEqual(
      ids.slice(4, 8),
    );
    const { notes } = await sdk.contacts.find({ contact_id: contact });
    expect(notes).toMatchObject({ total_count: 16, has_more: true });
    expect(notes?.data?.map(({ id }) => id)).toEqual(ids.slice(0, 10));
  });

  it.each([
    ['page=100000&per_page=150', 200],
    ['page=100001', 400],
    ['page=0', 400],
    ['per_page=151', 400],
    ['per_page=0', 400],
    ['starting_after=1', 400],
  ])('are asked for by ?%s: %i', async (query, status) => {
    expect((await list(query)).status).toBe(status);
  });

  it.each([NOBODY, 'nobody'])('are not those of %s', async (id) => {
    const answers = [
      await api.send('get', `/contacts/${id}/notes`),
      await api.send('post', `/contacts/${id}/notes`).send({ body: 'Hello' }),
    ];

    expect(answers.map(({ status }) => status)).toEqual([404, 404]);
    for (const { body } of answers) expect(body.errors[0].message).toBe('User Not Found');
  });

  it('are none once it is deleted meanwhile', async () => {
    const answer = await whileUncommitted(api.store, deletionOf(contact), async () =>
      post({ body: 'Too late' }),
    );

    expect(answer.body.errors).toMatchObject([{ code: 'not_found', message: 'User Not Found' }]);
    expect(await api.store.database.query(`SELECT FROM note WHERE body = 'Too late'`)).toEqual([]);
  });
});

async function aColleague(email: string): Promise<{ id: number }> {
  const [admin] = await api.store.database.query<{ id: number }>(
    `INSERT INTO admin (workspace_id, name, email) VALUES ($1, 'Ann', $2) RETURNING id`,
    [api.workspaceId, email],
  );
  return { id: admin?.id ?? 0 };
}
