import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { ApplyModule, BackfillModule, DueModule, VisitorService } from '#pipeline';
import { testApi, type TestApi } from '../support/api.js';
import { NEVER } from '../support/invariants.js';
import { tracesOf } from '../support/traces.js';
import { waitFor } from '../support/wait-for.js';

/** Many clients, who all write to the same few contacts under the same few names, each so many times. */
const CLIENTS = 16;
const CALLS = 40;
const NAMES = ['ann', 'bob', 'cy', 'dee'];

/** Only the last few are written to, for many of those before are gone. */
const KNOWN = 10;

let api: TestApi;
beforeAll(async () => {
  api = await testApi({
    modules: [ApplyModule, BackfillModule, DueModule],
    jobs: ['apply.lanes', 'backfill.segment'],
  });
});
afterAll(() => api.close());

const users: string[] = [];
const leads: string[] = [];
const erased: string[] = [];
const failed: unknown[] = [];

const any = <T>(list: readonly T[]): T => list[Math.floor(Math.random() * list.length)] as T;
const name = (): string => any(NAMES);
const known = (ids: readonly string[]): string => any(ids.slice(-KNOWN)) ?? 'nobody';
const someone = (): string => known(any([users, leads]));
const email = (): string => `${name()}@example.com`;
const query = <T>(sql: string, parameters?: unknown[]) => api.store.database.query<T>(sql, parameters);

async function call(method: 'post' | 'put' | 'delete', path: string, body: object = {}) {
  const answer = await api.send(method, path).send(body);
  if (answer.status >= 500) failed.push([method, path, body, answer.body]);
  return answer;
}

async function create(ids: string[], path: string, body: object): Promise<void> {
  const answer = await call('post', path, body);
  if (answer.status === 200) ids.push(answer.body.id);
}

async function erase(): Promise<void> {
  const id = someone();
  const { status } = await call('delete', `/contacts/${id}`);
  if (status === 200) erased.push(id);
}

async function company(): Promise<void> {
  const { body } = await call('post', '/companies', { company_id: name() });
  await call('post', `/contacts/${someone()}/companies`, { id: body.id });
  if (Math.random() < 0.3) await call('delete', `/companies/${body.id}`);
}

async function tag(): Promise<void> {
  const { body } = await call('post', '/tags', { name: name() });
  await call('post', `/contacts/${someone()}/tags`, { id: body.id });
  if (Math.random() < 0.3) await call('delete', `/tags/${body.id}`);
}

async function segment(): Promise<void> {
  const filter = { field: 'custom_attributes.n', operator: '>', value: 3 };
  const { body } = await call('post', '/segments', { name: name(), filter });
  if (Math.random() < 0.5) await call('delete', `/segments/${body.id}`);
}

async function visitor(): Promise<void> {
  const { id } = await api.app.get(VisitorService, { strict: false }).ensure(api.workspaceId, name());
  leads.push(id);
}

const merge = () =>
  call('post', '/contacts/merge', {
    from: known(leads),
    into: known(users),
    skip_duplicate_validation: true,
  });

const userWithCompanies = () => ({
  user_id: name(),
  email: email(),
  new_session: true,
  companies: [{ company_id: name() }, { company_id: name(), remove: true }],
});

const doings: readonly (() => Promise<unknown>)[] = [
  () => create(users, '/contacts', { external_id: name(), email: email(), custom_attributes: { n: 5 } }),
  () => create(users, '/contacts/upsert', { external_id: name(), email: email() }),
  () => create(users, '/users', userWithCompanies()),
  () => create(leads, '/contacts', { role: 'lead', email: email() }),
  () =>
    create(users, '/visitors/convert', {
      type: 'user',
      user: { user_id: name() },
      visitor: { user_id: name() },
    }),
  () => call('put', `/contacts/${someone()}`, { external_id: name() }),
  () => call('put', `/contacts/${someone()}`, { custom_attributes: { n: Math.floor(Math.random() * 9) } }),
  () => call('post', `/contacts/${someone()}/archive`),
  () => call('post', `/contacts/${someone()}/unarchive`),
  () => call('post', `/contacts/${someone()}/notes`, { body: 'seen' }),
  () => call('post', '/tags', { name: name(), users: [{ id: someone() }, { id: someone() }] }),
  () => call('post', '/tags', { name: name(), companies: [{ company_id: name() }, { company_id: name() }] }),
  () => call('post', '/events', { event_name: name(), created_at: 1_700_000_000, id: someone() }),
  () =>
    call('post', '/events', { event_name: name(), created_at: Math.floor(api.clock.now()), user_id: name() }),
  () => call('post', '/ping', { user_id: name() }),
  merge,
  merge,
  merge,
  erase,
  company,
  tag,
  segment,
  visitor,
];

it('leaves nothing behind that must never be, and nobody without an answer', async () => {
  await call('post', '/endpoints', { url: 'https://example.com', topics: ['*'] });
  await Promise.all(
    Array.from({ length: CLIENTS }, async () => {
      for (let i = 0; i < CALLS; i++) await any(doings)();
    }),
  );
  await waitFor(async () => (await query('SELECT FROM inbox LIMIT 1')).length === 0);

  expect(failed).toEqual([]);
  expect(erased).not.toEqual([]);
  for (const [what, sql] of Object.entries(NEVER))
    expect({ [what]: await query(sql) }).toEqual({ [what]: [] });
  await waitFor(async () => Object.keys(await tracesOf(erased, query)).length === 0);
});
