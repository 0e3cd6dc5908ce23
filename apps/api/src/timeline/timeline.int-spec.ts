import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { timeline, type TimelineItem } from '#contracts';
import { bytes } from '#database';
import { type Id, laneOf } from '#domain';
import { ApplyModule, BackfillModule } from '#pipeline';
import { type TestApi, testApi } from '../../../../test/support/api.js';
import { waitFor } from '../../../../test/support/wait-for.js';

const MONDAY = 1_700_000_000;

let api: TestApi;

beforeAll(async () => {
  api = await testApi({
    modules: [ApplyModule, BackfillModule],
    jobs: ['apply.lanes', 'backfill.segment'],
  });
});
afterAll(() => api.close());

async function create(body: object): Promise<Id> {
  const answer = await api.send('post', '/contacts').send(body);
  expect(answer.status).toBe(200);
  return answer.body.id;
}

async function settled(): Promise<void> {
  await waitFor(async () => {
    const [row] = await api.store.database.query<{ count: number }>('SELECT count(*)::int FROM inbox');
    return row?.count === 0 || undefined;
  });
}

async function page(id: Id, query = '') {
  const answer = await api.send('get', `/contacts/${id}/timeline${query}`);
  expect(answer.status).toBe(200);
  return timeline.parse(answer.body);
}

/** Every entry, page by page. */
async function walk(id: Id, perPage: number): Promise<TimelineItem[]> {
  const items: TimelineItem[] = [];
  let after: string | undefined = '';
  while (after !== undefined) {
    const { data, pages } = await page(id, `?per_page=${perPage}${after && `&starting_after=${after}`}`);
    items.push(...data);
    after = pages.next?.starting_after;
  }
  return items;
}

describe('the timeline of a contact', () => {
  let id: Id;

  beforeAll(async () => {
    id = await create({ external_id: 'ada', name: 'Ada', custom_attributes: { plan: 'free' } });
    await api.send('post', '/segments').send({
      name: 'Paying',
      filter: { field: 'custom_attributes.plan', operator: '=', value: 'pro' },
    });
    await settled();
    const events = [0, 0, 60].map((later, i) => ({
      user_id: 'ada',
      event_name: i === 0 ? 'bought' : 'looked',
      created_at: MONDAY + later,
    }));
    for (const event of events) await api.send('post', '/events').send(event).expect(202);
    await api.send('post', '/ping').send({ user_id: 'ada', created_at: MONDAY }).expect(202);
    await api.send('put', `/contacts/${id}`).send({ name: 'Ada L.', custom_attributes: { plan: 'pro' } });
    await settled();
    await api.send('put', `/contacts/${id}`).send({ name: null });
    await settled();
  });

  it('holds its sessions, events, attributes and segments, newest first', async () => {
    const { data, pages } = await page(id);
    expect(pages.next).toBeNull();
    expect(data).toMatchObject([
      { type: 'attribute_change', name: 'name', from: 'Ada L.', to: null, source: 'api', admin_id: '1' },
      { type: 'segment_transition', segment: { name: 'Paying' }, entered: true, reason: 'update' },
      { type: 'attribute_change', name: 'custom_attributes.plan', from: 'free', to: 'pro' },
      { type: 'attribute_change', name: 'name', from: 'Ada', to: 'Ada L.' },
      { type: 'event', event_name: 'looked', created_at: MONDAY + 60 },
      { type: 'event', created_at: MONDAY },
      { type: 'event', created_at: MONDAY },
      { type: 'session', platform: 'web', started_at: MONDAY, ended_at: MONDAY },
    ]);
  });

  it.each([1, 2, 3])('is the same in pages of %d', async (perPage) => {
    expect(await walk(id, perPage)).toEqual((await page(id)).data);
  });

  it('can be asked for some types only', async () => {
    const { data } = await page(id, '?types=session,segment_transition');
    expect(data.map(({ type }) => type)).toEqual(['segment_transition', 'session']);
  });

  it('goes on where it was while new things arrive', async () => {
    const first = await page(id, '?per_page=4');
    await api.send('put', `/contacts/${id}`).send({ name: 'Countess' });
    await settled();
    const rest = await page(id, `?starting_after=${first.pages.next?.starting_after}`);
    expect(rest.data.map(({ type }) => type)).toEqual(['event', 'event', 'event', 'session']);
  });

  it('of many events of one instant shows each once', async () => {
    const crowd = await create({ external_id: 'crowd' });
    const events = Array.from({ length: 50 }, (_, i) => ({
      user_id: 'crowd',
      event_name: `looked ${i % 3}`,
      created_at: MONDAY,
      dedupe_key: `${i}`,
    }));
    await api.send('post', '/events/bulk').send({ events }).expect(202);
    await settled();
    const ids = (await walk(crowd, 7)).map((item) => (item.type === 'event' ? item.id : ''));
    expect(new Set(ids).size).toBe(50);
    expect(ids).toHaveLength(50);
  });

  it.each([
    ['types=page', 'types.0'],
    ['starting_after=nonsense', 'starting_after'],
    ['per_page=151', 'per_page'],
    ['before=1', 'before'],
  ])('is refused for ?%s', async (query, field) => {
    const { status, body } = await api.send('get', `/contacts/${id}/timeline?${query}`);
    expect([status, body.errors[0].field]).toEqual([400, field]);
  });

  it('of nobody is not found', async () => {
    await api.send('get', `/contacts/${'0'.repeat(24)}/timeline`).expect(404);
  });

  it('is gone with the contact', async () => {
    const gone = await create({ external_id: 'gone', name: 'A' });
    await api.send('put', `/contacts/${gone}`).send({ name: 'B', custom_attributes: { plan: 'pro' } });
    await settled();
    expect((await page(gone)).data).toHaveLength(3);
    await api.send('delete', `/contacts/${gone}`).expect(200);
    const rows = await api.store.database.query(
      `SELECT FROM attribute_change WHERE lane = $1 AND contact_id = $2
       UNION ALL SELECT FROM segment_transition WHERE lane = $1 AND contact_id = $2`,
      [laneOf(gone), bytes(gone)],
    );
    expect(rows).toEqual([]);
  });
});
