import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { IntercomClient } from 'intercom-client';
import { contactList, contactSegments, segmentAnswer, segmentList } from '#contracts';
import { MembershipRepository } from '#database';
import { testApi, type TestApi } from '../../../../test/support/api.js';
import { statusesOf } from '../../../../test/support/refusal.js';
import { otherWorkspace } from '../../../../test/support/other-workspace.js';
import { sdkOf } from '../../../../test/support/sdk.js';

/** How a test moves a contact into a segment by hand. */
const AT_ONCE = { reason: 'rule', crossedAt: 0, noticedAt: 0 } as const;

const filter = { field: 'email', operator: 'has_any_value' };
const NOTHING = '0123456789abcdef01234567';

let api: TestApi;
let sdk: IntercomClient;
beforeAll(async () => {
  api = await testApi();
  sdk = await sdkOf(api);
});
afterAll(() => api.close());

const create = (body: object = {}) =>
  api.send('post', '/segments').send({ name: 'Reachable', filter, ...body });

describe('a segment', () => {
  it('is answered with its filter as it is kept, its count and its back-fill', async () => {
    const answer = await create({ person_type: 'user', filter: { field: 'email', operator: '!=' } });

    expect(answer.status).toBe(200);
    expect(segmentAnswer.parse(answer.body)).toMatchObject({
      type: 'segment',
      name: 'Reachable',
      person_type: 'user',
      filter,
      count: 0,
      backfill: { state: 'pending', done: 0, total: 0 },
    });
    expect((await api.send('get', `/segments/${answer.body.id}`)).body).toEqual(answer.body);
  });

  it('means everybody unless it says otherwise', async () => {
    expect((await create()).body.person_type).toBe('contact');
  });

  it('changes only what is given', async () => {
    const { body } = await create();
    const answer = await api.send('put', `/segments/${body.id}`).send({ name: 'Renamed' });

    expect(answer.body).toMatchObject({ name: 'Renamed', filter, person_type: 'contact' });
  });

  it('is gone once deleted', async () => {
    const { body } = await create();
    const deleted = await api.send('delete', `/segments/${body.id}`);
    const again = [
      await api.send('get', `/segments/${body.id}`),
      await api.send('put', `/segments/${body.id}`).send({ name: 'x' }),
      await api.send('delete', `/segments/${body.id}`),
      await api.send('get', `/segments/${body.id}/contacts`),
    ];

    expect(deleted.body).toEqual({ type: 'segment', id: body.id, deleted: true });
    expect(again.map(({ status }) => status)).toEqual([404, 404, 404, 404]);
  });

  it.each<[string, object, string]>([
    ['without a name', { name: undefined }, 'name'],
    ['with an empty name', { name: '' }, 'name'],
    ['without a filter', { filter: undefined }, 'filter'],
    ['with a list for a filter', { filter: [] }, 'filter'],
    ['of robots', { person_type: 'robot' }, 'person_type'],
    ['with an unknown key', { rules: [] }, 'rules'],
    [
      'with an unknown operator deep in its filter',
      { filter: { operator: 'AND', value: [{ field: 'email', operator: '??', value: 'x' }] } },
      'filter.value.0.operator',
    ],
  ])('%s is refused by name', async (_, overrides, field) => {
    const answer = await create(overrides);

    expect(answer.status).toBe(400);
    expect(answer.body.errors).toEqual([expect.objectContaining({ field })]);
    expect(answer.body.errors[0].message).toMatch(new RegExp(`^${field}: (?!${field})`));
  });

  it.each([NOTHING, 'nothing'])('with the id %s is not found', async (id) => {
    expect((await api.send('get', `/segments/${id}`)).status).toBe(404);
  });
});

describe('the list of segments', () => {
  it('counts on request', async () => {
    const { body } = await create({ name: 'Listed' });
    const plain = await api.send('get', '/segments');
    const counted = await api.send('get', '/segments?include_count=true');
    const listed = (answer: typeof plain) =>
      answer.body.segments.find((segment: { id: string }) => segment.id === body.id);

    expect(plain.body).toMatchObject({ type: 'segment.list', pages: {} });
    expect(listed(plain)).not.toHaveProperty('count');
    expect(listed(counted)).toMatchObject({ name: 'Listed', count: 0 });
  });
});

describe('the members of a segment', () => {
  it('come page by page, each once', async () => {
    const { body } = await create();
    const ids = [await aMember(body.id), await aMember(body.id), await aMember(body.id)];
    const path = `/segments/${body.id}/contacts?per_page=2`;
    const first = contactList.parse((await api.send('get', path)).body);
    const next = first.pages.next?.starting_after ?? '';
    const second = contactList.parse((await api.send('get', `${path}&starting_after=${next}`)).body);

    expect([...first.data, ...second.data].map(({ id }) => id)).toEqual(ids);
    expect([first.total_count, first.data.length, second.data.length]).toEqual([3, 2, 1]);
    expect(second.pages).toEqual({ type: 'pages', per_page: 2, next: null });
  });

  it.each([
    ['per_page=0', 'per_page'],
    ['per_page=151', 'per_page'],
    ['per_page=x', 'per_page'],
    ['starting_after=x', 'starting_after'],
    ['page=2', 'page'],
    ['per_page=1&per_page=2', 'per_page'],
  ])('are not given for ?%s', async (query, field) => {
    const { body } = await create();
    const answer = await api.send('get', `/segments/${body.id}/contacts?${query}`);

    expect(answer.status).toBe(400);
    expect(answer.body.errors[0].field).toBe(field);
  });
});

describe('the official SDK', () => {
  it('lists segments, with their counts if asked to, and finds one', async () => {
    const { body } = await create({ name: 'Seen by the SDK' });
    await aMember(body.id);
    const plain = segmentList.parse(await sdk.segments.list());
    const counted = segmentList.parse(await sdk.segments.list({ include_count: true }));
    const { count: _, ...uncounted } = body;

    expect(plain.segments).toContainEqual(uncounted);
    expect(counted.segments).toContainEqual({ ...body, count: 1 });
    expect(await sdk.segments.find({ segment_id: body.id })).toEqual({ ...body, count: 1 });
  });

  it('lists the segments that a contact is in, by name, without those that are gone', async () => {
    const [beta, alpha, gone] = [
      (await create({ name: 'Beta' })).body,
      (await create({ name: 'Alpha' })).body,
      (await create({ name: 'Gone' })).body,
    ];
    await create({ name: 'Not in' });
    const contact = await aMember(beta.id);
    await enter(contact, alpha.id);
    await enter(contact, gone.id);
    await api.send('delete', `/segments/${gone.id}`);
    const { count: _, ...first } = alpha;
    const listed = await sdk.contacts.listAttachedSegments({ contact_id: contact });

    expect(contactSegments.parse(listed)).toEqual({
      type: 'list',
      data: [first, expect.objectContaining({ type: 'segment', id: beta.id, name: 'Beta' })],
    });
    const alone = (await sdk.contacts.create({ role: 'lead' })).id ?? '';
    expect(await sdk.contacts.listAttachedSegments({ contact_id: alone })).toEqual({
      type: 'list',
      data: [],
    });
    const other = await otherWorkspace(api);
    const refused = await statusesOf([
      sdk.contacts.listAttachedSegments({ contact_id: NOTHING }),
      other.sdk.contacts.listAttachedSegments({ contact_id: contact }),
      other.sdk.segments.find({ segment_id: alpha.id }),
    ]);

    expect(refused).toEqual([404, 404, 404]);
    expect((await other.sdk.segments.list()).segments).toEqual([]);
  });
});

let members = 0;
async function aMember(segmentId: string): Promise<string> {
  const { body } = await api.send('post', '/contacts').send({ external_id: `member-${members++}` });
  await enter(body.id, segmentId);
  return body.id;
}

async function enter(contactId: string, segmentId: string): Promise<void> {
  const move = { contactId, segmentId, workspaceId: api.workspaceId, ...AT_ONCE };
  await api.store.database.transaction((tx) => api.app.get(MembershipRepository).enter([move], tx));
}
