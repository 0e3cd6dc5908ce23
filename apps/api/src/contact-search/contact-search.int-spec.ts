import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { IntercomClient } from 'intercom-client';
import type { Intercom } from 'intercom-client';
import { foundContacts } from '#contracts';
import { testApi, type TestApi } from '../../../../test/support/api.js';
import { otherWorkspace } from '../../../../test/support/other-workspace.js';
import { sdkOf } from '../../../../test/support/sdk.js';

const DAY = 86_400;
/** 2026-03-08 00:00 in New York, the day its clocks went forward: 23 hours long. */
const MIDNIGHT = Date.parse('2026-03-08T00:00:00-05:00') / 1000;
const PEOPLE = 7;

let api: TestApi;
let sdk: IntercomClient;
const ids: string[] = [];
beforeAll(async () => {
  api = await testApi();
  sdk = await sdkOf(api);
  await api.store.database.query(`UPDATE workspace SET time_zone = 'America/New_York'`);
  for (let n = 0; n < PEOPLE; n++) ids.push(await create(n));
});
afterAll(() => api.close());

/** Person 0 signed up at midnight, each next one 6 hours later; odd ones are on the plan "pro", 5 and 6 never signed up. */
async function create(n: number): Promise<string> {
  const { id = '' } = await sdk.contacts.create({
    external_id: `person-${n}`,
    email: `Person${n}@Example.com`,
    name: `Name ${n % 3}`,
    ...(n < 5 ? { signed_up_at: MIDNIGHT + n * 6 * 3600 } : {}),
    custom_attributes: { plan: n % 2 ? 'pro' : 'free', seats: n, renews_at: MIDNIGHT + n * DAY },
  });
  return id;
}

const search = (body: object) => api.send('post', '/contacts/search').send(body);
const everybody = { field: 'external_id', operator: '^', value: 'PERSON-' };

/** The numbers of the people that are found, in order. */
async function found(query: object, version?: string): Promise<number[]> {
  const sending = search({ query, sort: { field: 'external_id', order: 'ascending' } });
  const { body, status } = await (version ? sending.set('intercom-version', version) : sending);
  expect([status, body.errors]).toEqual([200, undefined]);
  return foundContacts.parse(body).data.map(({ id }) => ids.indexOf(id));
}

describe('the official SDK', () => {
  it('walks all pages of a search, and ends', async () => {
    const query = everybody as Intercom.SingleFilterSearchRequest;
    const page = await sdk.contacts.search({ query, pagination: { per_page: 3 } });
    const seen: string[] = [];
    for await (const contact of page) seen.push(contact.id ?? '');

    expect(seen).toEqual([...ids].reverse());
  });

  it('walks all pages of the list, and ends', async () => {
    const seen: string[] = [];
    for await (const contact of await sdk.contacts.list({ per_page: 2, page: 1 }))
      seen.push(contact.id ?? '');

    expect(seen).toEqual([...ids].reverse());
  });

  it('asks for what is known by leaving the value out', async () => {
    const query = { field: 'signed_up_at', operator: '!=' } as const;
    const { data } = await sdk.contacts.search({ query });

    expect(data).toHaveLength(5);
  });
});

describe('a search', () => {
  it('answers a page field by field', async () => {
    const first = await search({ query: everybody, pagination: { per_page: 5 } });
    expect(first.body).toMatchObject({
      type: 'list',
      total_count: 7,
      total_count_exact: true,
      pages: { type: 'pages', page: 1, per_page: 5, total_pages: 2, next: { page: 2 } },
    });
    const { body: contact } = await api.send('get', `/contacts/${ids[6]}`);
    expect(first.body.data[0]).toEqual(contact);

    const { next } = first.body.pages;
    const last = await search({ query: everybody, pagination: { per_page: 5, ...next } });
    expect(last.body.pages).toEqual({ type: 'pages', page: 2, per_page: 5, total_pages: 2, next: null });
    expect(last.body.data.map(({ id }: { id: string }) => ids.indexOf(id))).toEqual([1, 0]);
  });

  it.each<[string, object, number[]]>([
    ['is', { field: 'custom_attributes.plan', operator: '=', value: 'pro' }, [1, 3, 5]],
    ['is not', { field: 'custom_attributes.plan', operator: '!=', value: 'pro' }, [0, 2, 4, 6]],
    ['one of', { field: 'email', operator: 'IN', value: ['person1@example.com', 'x'] }, [1]],
    ['none of', { field: 'external_id', operator: 'NIN', value: ['person-1', 'person-2'] }, [0, 3, 4, 5, 6]],
    ['contains, whatever the case', { field: 'name', operator: '~', value: 'AME 2' }, [2, 5]],
    ['does not contain', { field: 'name', operator: '!~', value: '2' }, [0, 1, 3, 4, 6]],
    ['ends with', { field: 'email', operator: '$', value: '0@example.com' }, [0]],
    ['a numeric string', { field: 'custom_attributes.seats', operator: '>=', value: '5' }, [5, 6]],
    ['a boolean', { field: 'unsubscribed_from_emails', operator: '=', value: true }, []],
    [
      'relative',
      { field: 'created_at', operator: 'less_than_ago', value: 1, unit: 'hours' },
      [0, 1, 2, 3, 4, 5, 6],
    ],
    [
      'an event never done',
      { event: 'bought', measure: 'count', operator: '<', value: 1 },
      [0, 1, 2, 3, 4, 5, 6],
    ],
    ['null', { field: 'signed_up_at', operator: '=', value: null }, [5, 6]],
    [
      'groups in groups',
      {
        operator: 'OR',
        value: [
          { field: 'custom_attributes.seats', operator: '=', value: 0 },
          {
            operator: 'AND',
            value: [
              { field: 'custom_attributes.plan', operator: '=', value: 'pro' },
              { operator: 'NOT', value: [{ field: 'custom_attributes.seats', operator: '<', value: 4 }] },
            ],
          },
        ],
      },
      [0, 5],
    ],
  ])('finds by %s', async (_, query, expected) => {
    expect(await found(query)).toEqual(expected);
  });

  it('sorts by any field, unknown values last, and pages across the end of the known ones', async () => {
    for (const [order, expected] of [
      ['ascending', [0, 1, 2, 3, 4, 5, 6]],
      ['descending', [4, 3, 2, 1, 0, 6, 5]],
    ] as const) {
      const seen: number[] = [];
      let cursor = {};
      for (let page = 0; page < 4; page++) {
        const { body } = await search({
          query: everybody,
          pagination: { per_page: 2, ...cursor },
          sort: { field: 'signed_up_at', order },
        });
        seen.push(...body.data.map(({ id }: { id: string }) => ids.indexOf(id)));
        cursor = body.pages.next ?? {};
      }
      expect(seen).toEqual(expected);
    }
  });

  it.each([
    'name',
    'custom_attributes.plan',
    'custom_attributes.seats',
    'id',
    'web_sessions',
    'ios_sessions',
    'email',
    'last_seen_at',
  ])('pages through all, once each, sorted by %s', async (field) => {
    for (const order of ['ascending', 'descending']) {
      const seen = new Set<string>();
      let next: object | null = {};
      for (let page = 0; next && page < 9; page++) {
        const pagination = { per_page: 1, ...next };
        const { body } = await search({ query: everybody, pagination, sort: { field, order } });
        for (const { id } of body.data) seen.add(id);
        next = body.pages.next;
      }
      expect([seen.size, next]).toEqual([PEOPLE, null]);
    }
  });

  it('finds what was written as soon as that is answered', async () => {
    const query = { field: 'phone', operator: '=', value: '12345' };
    const { body } = await search({ query });
    await api.send('put', `/contacts/${ids[2]}`).send({ phone: '12345' });

    expect(body.data).toEqual([]);
    expect(await found(query)).toEqual([2]);
  });

  it('finds neither the archived, nor visitors, nor those of another workspace', async () => {
    const { id = '' } = await sdk.contacts.create({ email: 'gone@example.com' });
    const query = { field: 'email', operator: '=', value: 'gone@example.com' };
    expect((await search({ query })).body.total_count).toBe(1);
    for (const change of [`archived_at = now()`, `archived_at = NULL, role = 'visitor'`]) {
      await api.store.database.query(`UPDATE contact SET ${change} WHERE id = decode('${id}', 'hex')`);
      expect((await search({ query })).body).toMatchObject({
        data: [],
        total_count: 0,
        pages: { next: null },
      });
    }
    await api.store.database.query(`DELETE FROM contact WHERE id = decode('${id}', 'hex')`);

    const { send } = await otherWorkspace(api);
    const others = await send('post', '/contacts/search').send({ query: everybody });
    expect(others.body).toMatchObject({ data: [], total_count: 0 });
  });
});

describe('the dates of a search', () => {
  const at = (operator: string, hours: number) => ({
    field: 'signed_up_at',
    operator,
    value: MIDNIGHT + hours * 3600,
  });
  it('are days of the workspace until 2.16', async () => {
    expect(await found(at('=', 12))).toEqual([0, 1, 2, 3]);
    expect(await found(at('>', 12), '2.16')).toEqual([4]);
    expect(await found(at('<', 12))).toEqual([]);
  });

  it('are exact to the second from 2.17 on', async () => {
    expect(await found(at('=', 12), '2.17')).toEqual([2]);
    expect(await found(at('!=', 12), '2.17')).toEqual([0, 1, 3, 4, 5, 6]);
    expect(await found(at('>', 12), 'Preview')).toEqual([3, 4]);
    expect(await found(at('<=', 12), '2.17')).toEqual([0, 1, 2]);
  });

  it('take the operators of their version', async () => {
    for (const [operator, version] of [
      ['>=', '2.16'],
      ['!=', '2.14'],
      ['IN', '2.17'],
    ] as const) {
      const query = { field: 'signed_up_at', operator, value: operator === 'IN' ? [1] : 1 };
      const { body } = await search({ query }).set('intercom-version', version);
      expect(body.errors).toMatchObject([{ code: 'parameter_invalid', field: 'query.operator' }]);
    }
  });
});

describe('a segment and a tag', () => {
  const member = async (table: string, column: string, value: string) =>
    api.store.database.query(
      `INSERT INTO ${table} (lane, contact_id, ${column}, workspace_id, ${table === 'contact_tag' ? 'applied' : 'entered'}_at)
       SELECT lane, id, ${value}, workspace_id, now() FROM contact WHERE external_id IN ('person-1', 'person-2')`,
    );

  it('are searched by their members, while they exist', async () => {
    const filter = { field: 'email', operator: 'has_any_value' };
    const { body: segment } = await api.send('post', '/segments').send({ name: 'Some', filter });
    await member('segment_membership', 'segment_id', `decode('${segment.id}', 'hex')`);
    const of = (operator: string, value: unknown) => ({ field: 'segment_id', operator, value });
    expect(await found(of('=', segment.id))).toEqual([1, 2]);
    expect(await found(of('IN', [segment.id, 'no segment']))).toEqual([1, 2]);
    expect(await found(of('!=', segment.id))).toEqual([0, 3, 4, 5, 6]);
    expect(await found(of('=', null))).toEqual([0, 3, 4, 5, 6]);
    await api.send('delete', `/segments/${segment.id}`);
    expect(await found(of('=', segment.id))).toEqual([]);
  });

  it('are refused in a segment, by name', async () => {
    const filter = { field: 'segment_id', operator: '=', value: '0' };
    const { body } = await api.send('post', '/segments').send({ name: 'Some', filter });
    expect(body.errors).toMatchObject([{ field: 'filter.field' }]);
  });

  it('are searched by tag, with or without', async () => {
    await member('contact_tag', 'tag_id', '17');
    expect(await found({ field: 'tag_id', operator: '=', value: '17' })).toEqual([1, 2]);
    expect(await found({ field: 'tag_id', operator: '!=', value: 17 })).toEqual([0, 3, 4, 5, 6]);
    const { body } = await search({ query: { field: 'tag_id', operator: 'IN', value: ['17'] } });
    expect(body.errors).toMatchObject([{ field: 'query.operator' }]);
  });
});

describe('refused is', () => {
  it.each<[string, object, string, string]>([
    ['a search without a query', {}, 'parameter_missing', 'query'],
    [
      'an unknown field',
      { query: { field: 'shoe_size', operator: '=', value: 1 } },
      'parameter_invalid',
      'query.field',
    ],
    ['an unknown key', { query: everybody, page: 2 }, 'parameter_invalid', 'page'],
    [
      'a page that is too long',
      { query: everybody, pagination: { per_page: 151 } },
      'parameter_invalid',
      'pagination.per_page',
    ],
    ['an unknown order', { query: everybody, sort: { order: 'up' } }, 'invalid_sort_order', 'sort.order'],
    [
      'a sort by nothing there is',
      { query: everybody, sort: { field: 'tag_id' } },
      'parameter_invalid',
      'sort.field',
    ],
    [
      'a later page without a cursor',
      { query: everybody, pagination: { page: 2 } },
      'parameter_invalid',
      'pagination.page',
    ],
    [
      'what is no cursor',
      { query: everybody, pagination: { starting_after: 'abc' } },
      'parameter_invalid',
      'starting_after',
    ],
  ])('%s', async (_, body, code, field) => {
    const answer = await search(body);
    expect([answer.status, answer.body.errors]).toMatchObject([400, [{ code, field }]]);
  });

  it('a cursor in the wrong place', async () => {
    const inQuery = await api.send('post', '/contacts/search?starting_after=abc').send({ query: everybody });
    expect(inQuery.body.errors).toMatchObject([{ code: 'parameter_invalid', field: 'starting_after' }]);
    const nested = await api.send('get', '/contacts?pagination[starting_after]=abc');
    expect([nested.status, nested.body.errors[0].code]).toEqual([400, 'parameter_invalid']);
  });

  it('a cursor of another sort, or with another value than that sort has', async () => {
    const pagination = { per_page: 2 };
    const { next } = (await search({ query: everybody, pagination })).body.pages;
    const sort = { field: 'created_at', order: 'ascending' };
    const sorted = await search({ query: everybody, sort, pagination: { ...pagination, ...next } });
    expect(sorted.body.errors).toMatchObject([{ field: 'starting_after' }]);
    for (const value of ['"x"', 'true', '1e300', '"\\u0000"']) {
      const text = `["created_at","descending",${value},"${ids[0]}",2]`;
      const forged = { starting_after: Buffer.from(text).toString('base64url') };
      const answer = await search({ query: everybody, pagination: forged });
      expect([answer.status, answer.body.errors[0].field]).toEqual([400, 'starting_after']);
    }
  });

  it('a group of more than 15 filters', async () => {
    const group = (count: number) => ({
      operator: 'AND',
      value: Array.from({ length: count }, () => everybody),
    });

    expect(await found(group(15))).toHaveLength(PEOPLE);
    expect((await search({ query: group(16) })).body.errors).toMatchObject([
      { code: 'parameter_invalid', field: 'query.value', message: expect.stringContaining('at most 15') },
    ]);
  });

  it('no page of 150', async () => {
    expect((await api.send('get', '/contacts?per_page=150')).body.pages.per_page).toBe(150);
    expect((await api.send('get', '/contacts?per_page=151')).status).toBe(400);
    expect((await api.send('get', '/contacts')).body.pages.per_page).toBe(50);
  });
});
