import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { EventNameRepository } from '#database';
import { MAX_EVENT_NAMES } from '#domain';
import { testApi, type TestApi } from '../../../../test/support/api.js';
import { type OtherWorkspace, otherWorkspace } from '../../../../test/support/other-workspace.js';
import { whileUncommitted } from '../../../../test/support/while-uncommitted.js';

let api: TestApi;
let full: OtherWorkspace;
beforeAll(async () => {
  api = await testApi();
});
afterAll(() => api.close());

/** Room for `count` more names, in a workspace of its own. */
async function roomFor(count: number): Promise<void> {
  full = await otherWorkspace(api);
  await full.send('post', '/contacts').send({ external_id: 'u1' });
  await api.store.database.query(
    `INSERT INTO event_name (workspace_id, name) SELECT $1, 'name ' || n FROM generate_series(1, $2::int) AS n`,
    [full.workspaceId, MAX_EVENT_NAMES - count],
  );
  await api.store.database.query('DELETE FROM inbox');
}

const event = (event_name: string, user_id = 'u1') => ({ event_name, user_id, created_at: 1_700_000_000 });
const sent = (name: string, user?: string) => full.send('post', '/events').send(event(name, user));
const told = (...names: string[]) =>
  full.send('post', '/events/summaries').send({
    user_id: 'u1',
    event_summaries: names.map((event_name) => ({ event_name, count: 1, first: 1, last: 2 })),
  });

/** What was accepted, in any order. */
async function accepted(): Promise<string[]> {
  const rows = await api.store.database.query<{ name: string }>(
    `SELECT payload ->> 'name' AS name FROM inbox WHERE kind IN ('event', 'summary') ORDER BY 1`,
  );
  return rows.map((row) => row.name);
}

const declared = async (): Promise<number> =>
  (await new EventNameRepository(api.store.database).list(full.workspaceId)).length;

const REFUSED = { code: 'parameter_invalid', field: 'event_name' };

describe('a workspace with room for one more event name', () => {
  beforeEach(() => roomFor(1));

  it('takes that one, in any spelling, and those it has; the next one is refused', async () => {
    const taken = [await sent('Order.Placed'), await sent('order$placed'), await sent('name 1')];
    const refused = await sent('one too many');

    expect(taken.map(({ status }) => status)).toEqual([202, 202, 202]);
    expect([refused.status, refused.body.errors]).toMatchObject([400, [REFUSED]]);
    expect(refused.body.errors[0].message).toContain(`${MAX_EVENT_NAMES} event names`);
    expect((await sent('order-placed')).status).toBe(202);
    expect(await accepted()).toEqual(['name 1', 'order-placed', 'order-placed', 'order-placed']);
  });

  it('refuses of a list only what is beyond it', async () => {
    const names = ['first', 'first', 'second', 'name 2'];
    const { body } = await full
      .send('post', '/events/bulk')
      .send({ events: [event('of nobody', 'nobody'), ...names.map((name) => event(name))] });

    expect(body.items.map(({ errors }: { errors: object[] }) => errors)).toMatchObject([
      [{ code: 'not_found' }],
      [],
      [],
      [REFUSED],
      [],
    ]);
    expect(await accepted()).toEqual(['first', 'first', 'name 2']);
  });

  it('takes of history all or nothing', async () => {
    const refused = await told('name 1', 'first', 'second');
    expect([refused.status, refused.body.errors]).toMatchObject([400, [REFUSED]]);
    expect([await accepted(), await declared()]).toEqual([[], MAX_EVENT_NAMES - 1]);

    expect((await told('name 1', 'first')).status).toBe(200);
    expect((await told('second')).status).toBe(400);
    expect(await accepted()).toEqual(['first', 'name 1']);
  });

  it('gives it to one of those that come together', async () => {
    const answers = await Promise.all(Array.from({ length: 8 }, (_, i) => sent(`raced ${i}`)));

    expect(answers.map(({ status }) => status).sort()).toEqual([202, ...Array(7).fill(400)]);
    expect(await declared()).toBe(MAX_EVENT_NAMES);
    expect(await accepted()).toHaveLength(1);
  });

  it('counts what another process is about to add', async () => {
    const names = new EventNameRepository(api.store.database);
    const answer = await whileUncommitted(
      api.store,
      async (tx) => {
        await names.lock(full.workspaceId, tx);
        await names.insert(full.workspaceId, ['theirs'], tx);
      },
      async () => sent('ours'),
    );

    expect(answer.status).toBe(400);
    expect((await sent('theirs')).status).toBe(202);
  });

  it('keeps it when the event is of nobody', async () => {
    expect((await sent('of nobody', 'nobody')).status).toBe(404);
    expect(await declared()).toBe(MAX_EVENT_NAMES - 1);
  });

  it('is no concern of another workspace', async () => {
    await sent('the last');
    await api.send('post', '/contacts').send({ external_id: 'u1' });

    expect((await api.send('post', '/events').send(event('elsewhere'))).status).toBe(202);
  });
});
