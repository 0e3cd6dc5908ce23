import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { MAX_LISTED_USERS, MAX_USERS_PER_PAGE, userList, userScroll } from '#contracts';
import { SCROLL_IDLE_SECONDS, SCROLL_STEP } from '#database';
import { testApi, type TestApi } from '../../../../test/support/api.js';
import { otherWorkspace } from '../../../../test/support/other-workspace.js';

const USERS = 130;
const START = 1_700_000_000;

let api: TestApi;
beforeAll(async () => {
  api = await testApi();
  // user n came n days ago; every tenth was never seen; one is archived, one a lead, one a visitor
  await api.store.database.query(
    `INSERT INTO contact (lane, id, workspace_id, role, external_id, created_at, updated_at, last_seen_at)
     SELECT n % 256, decode(lpad(to_hex(n), 24, '0'), 'hex'), $1, 'user', 'u' || n, now() - n * interval '1 day',
            to_timestamp($3::int + n), CASE WHEN n % 10 > 0 THEN to_timestamp($3::int - n) END
     FROM generate_series(1, $2::int) n`,
    [api.workspaceId, USERS, START],
  );
  await api.send('post', '/contacts').send({ role: 'lead', email: 'lead@example.com' }).expect(200);
  const { body } = await api.send('post', '/users').send({ user_id: 'archived' });
  await api.send('delete', `/users/${body.id}`).expect(200);
});
afterAll(() => api.close());

const list = async (query: string) => (await api.send('get', `/users${query}`)).body;
const ids = (answer: { users: { user_id: unknown }[] }) => answer.users.map((user) => user.user_id);
const named = (from: number, to: number) => Array.from({ length: to - from + 1 }, (_, i) => `u${from + i}`);

async function followed(query: string): Promise<unknown[]> {
  const seen: unknown[] = [];
  for (let url: string | null = query; url !== null;) {
    const page = userList.parse(await list(url));
    seen.push(...ids(page));
    url = page.pages.next === null ? null : new URL(page.pages.next).search;
  }
  return seen;
}

describe('the list of users', () => {
  it('has the newest first, 50 a page, and leads on to the end by its URLs', async () => {
    const first = userList.parse(await list(''));
    const url = new URL(first.pages.next ?? '');

    expect(ids(first)).toEqual(named(1, 50));
    expect(first).toMatchObject({ total_count: USERS, total_count_exact: true });
    expect(first.pages).toMatchObject({ type: 'pages', page: 1, per_page: 50, total_pages: 3 });
    expect(url.pathname).toBe('/users');
    expect(userList.parse(await list(url.search)).pages).toMatchObject({ page: 2, total_pages: 3 });
    expect(await followed('')).toEqual(named(1, USERS));
  });

  it('is read by page numbers too, whose last page is followed by empty ones', async () => {
    const pages = await Promise.all([1, 2, 3, 4].map((page) => list(`?per_page=60&page=${page}`)));

    expect(pages.flatMap(ids)).toEqual(named(1, USERS));
    expect(pages.map((page) => page.users.length)).toEqual([60, 60, 10, 0]);
    expect(pages[2].pages.next).toBeNull();
  });

  it.each([
    ['?order=asc&per_page=60', named(1, USERS).reverse()],
    ['?sort=updated_at&order=asc', named(1, USERS)],
    [
      '?sort=last_request_at&per_page=60',
      [
        ...named(1, USERS).filter((_, i) => (i + 1) % 10 > 0),
        ...named(1, USERS)
          .filter((_, i) => (i + 1) % 10 === 0)
          .reverse(),
      ],
    ],
  ])('is sorted: %s', async (query, expected) => {
    expect(await followed(query)).toEqual(expected);
  });

  it('holds those who came since so many days', async () => {
    expect(await followed('?created_since=3&per_page=1')).toEqual(['u1', 'u2']);
  });

  it('does not show somebody twice who comes while it is read', async () => {
    const first = await list('?per_page=60');
    await api.send('post', '/users').send({ user_id: 'late' }).expect(200);
    const second = await list(new URL(first.pages.next).search);
    await api.send('delete', '/users?user_id=late').expect(200);

    expect(ids(second)).toEqual(named(61, 120));
  });

  it(`reaches ${MAX_LISTED_USERS} users by page numbers, ${MAX_USERS_PER_PAGE} a page at most`, async () => {
    const page = MAX_LISTED_USERS / 50;
    const beyond = await list(`?page=${page + 1}`);

    expect(ids(await list(`?page=${page}`))).toEqual([]);
    expect(beyond.errors).toMatchObject([{ code: 'parameter_invalid', field: 'page' }]);
    expect(beyond.errors[0].message).toMatch(/please use scroll API/);
    expect((await list(`?per_page=${MAX_USERS_PER_PAGE}`)).users).toHaveLength(MAX_USERS_PER_PAGE);
    expect((await list(`?per_page=${MAX_USERS_PER_PAGE + 1}`)).errors[0].field).toBe('per_page');
  });

  it.each([
    ['?per_page=0', 'per_page'],
    ['?page=0', 'page'],
    ['?sort=name', 'sort'],
    ['?order=up', 'order'],
    ['?created_since=x', 'created_since'],
    ['?created_since=0', 'created_since'],
    ['?type=lead', 'type'],
    ['?starting_after=x', 'starting_after'],
    ['?segment_id=1', 'segment_id'],
    ['?email=none', 'email'],
  ])('refuses %s', async (query, field) => {
    const answer = await api.send('get', `/users${query}`);

    expect([answer.status, answer.body.errors[0].field]).toEqual([400, field]);
  });

  it('refuses the cursor of another order', async () => {
    const { pages } = await list('?sort=updated_at');
    const cursor = new URL(pages.next).searchParams.get('starting_after');

    expect((await list(`?starting_after=${cursor}`)).errors[0].field).toBe('starting_after');
  });

  it('of another workspace is another', async () => {
    const other = await otherWorkspace(api);

    expect((await other.send('get', '/users')).body).toMatchObject({ users: [], total_count: 0 });
  });

  it('answers with one user by user_id or email', async () => {
    await api.send('post', '/users').send({ user_id: 'found', email: 'found@example.com' }).expect(200);
    const byId = await list('?type=user&user_id=found');
    const byEmail = await list('?email=Found@example.com');
    await api.send('delete', '/users?user_id=found').expect(200);

    expect(byId).toMatchObject({ type: 'user', user_id: 'found' });
    expect(byEmail).toEqual(byId);
    expect(await list('?user_id=nobody')).toMatchObject({ errors: [{ code: 'not_found' }] });
  });
});

describe('a scroll over users', () => {
  beforeEach(() => api.store.database.query('DELETE FROM scroll'));

  const scroll = (param = '') => api.send('get', `/users/scroll${param && `?scroll_param=${param}`}`);

  it('goes through all, each once, and ends with an empty step', async () => {
    const first = userScroll.parse((await scroll()).body);
    const param = first.scroll_param ?? '';
    const second = userScroll.parse((await scroll(param)).body);
    const last = userScroll.parse((await scroll(param)).body);

    expect([first.users.length, second.users.length]).toEqual([SCROLL_STEP, USERS - SCROLL_STEP]);
    expect([...ids(first), ...ids(second)].sort()).toEqual(named(1, USERS).sort());
    expect(last).toMatchObject({ users: [], scroll_param: null });
    expect((await scroll(param)).status).toBe(404);
  });

  it('is the only one over users, beside the one over companies', async () => {
    const { body } = await scroll();

    expect((await scroll()).body.errors).toMatchObject([{ code: 'scroll_exists' }]);
    expect((await api.send('get', '/companies/scroll')).status).toBe(200);
    expect((await api.send('get', `/companies/scroll?scroll_param=${body.scroll_param}`)).status).toBe(404);
    api.clock.advance(SCROLL_IDLE_SECONDS + 1);
    expect((await scroll(body.scroll_param)).status).toBe(404);
    expect((await scroll()).status).toBe(200);
  });

  it('of another workspace is not there', async () => {
    const other = await otherWorkspace(api);
    const { body } = await scroll();

    expect((await other.send('get', `/users/scroll?scroll_param=${body.scroll_param}`)).status).toBe(404);
    expect((await other.send('get', '/users/scroll')).body).toMatchObject({ users: [] });
  });
});
