import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { foundCompanies } from '#contracts';
import { bytes } from '#database';
import { type AttributeValue, compileFilter, parseFilter } from '#domain';
import { testApi, type TestApi } from '../../../../test/support/api.js';
import { otherWorkspace } from '../../../../test/support/other-workspace.js';

const DAY = 86_400;
/** 2026-03-29 12:00 in UTC: on that day the clocks of Berlin go forward. */
const NOON = 1_774_785_600;

let api: TestApi;
let person: string;
beforeAll(async () => {
  api = await testApi();
  person = (await api.send('post', '/contacts').send({ external_id: 'everywhere' })).body.id;
});
afterAll(() => api.close());

async function company(body: object): Promise<string> {
  const { body: made } = await api.send('post', '/companies').send(body).expect(200);
  await api.send('post', `/contacts/${person}/companies`).send({ id: made.id }).expect(200);
  return made.id;
}

const search = (query: object, more: object = {}) =>
  api.send('post', '/companies/search').send({ query, ...more });

/** The company ids of what is found, in order. */
async function found(query: object, more: object = {}): Promise<string[]> {
  const answer = await search(query, { pagination: { per_page: 150 }, ...more });
  expect(answer.body.errors).toBeUndefined();
  return answer.body.data.map(({ company_id }: { company_id: string }) => company_id);
}

describe('a search of companies', () => {
  beforeAll(async () => {
    const fields = { industry: 'Mining', website: 'https://acme.example' };
    await company({ company_id: 'acme', name: 'Acme', monthly_spend: 100, size: 10, ...fields });
    await company({ company_id: 'bolt', name: 'Bolt', monthly_spend: 200, remote_created_at: NOON });
    await company({ company_id: 'cask', name: 'cask', monthly_spend: 200, size: 30 });
    await api.send('post', '/companies').send({ company_id: 'hidden', name: 'Acme', monthly_spend: 100 });
  });
  const mine = { field: 'company_id', operator: 'IN', value: ['acme', 'bolt', 'cask', 'hidden'] };
  const among = (query: object) =>
    found({ operator: 'AND', value: [mine, query] }, { sort: { field: 'name' } });

  it.each<[string, object, string[]]>([
    ['equal', { field: 'name', operator: '=', value: 'Acme' }, ['acme']],
    ['contains, whatever the case', { field: 'name', operator: '~', value: 'C' }, ['cask', 'acme']],
    ['starts', { field: 'company_id', operator: '^', value: 'b' }, ['bolt']],
    ['ends', { field: 'website', operator: '$', value: '.EXAMPLE' }, ['acme']],
    ['unknown is not equal', { field: 'industry', operator: '!=', value: 'Mining' }, ['cask', 'bolt']],
    ['unknown', { field: 'size', operator: 'is_unknown' }, ['bolt']],
    ['absent value', { field: 'size', operator: '!=' }, ['cask', 'acme']],
    ['greater', { field: 'monthly_spend', operator: '>', value: '100' }, ['cask', 'bolt']],
    ['people', { field: 'user_count', operator: '=', value: 1 }, ['cask', 'bolt', 'acme']],
    [
      'a relative date',
      { field: 'remote_created_at', operator: 'more_than_ago', value: 1, unit: 'days' },
      ['bolt'],
    ],
    ['no tag', { field: 'tag_id', operator: '!=', value: '7' }, ['cask', 'bolt', 'acme']],
    ['a tag', { field: 'tag_id', operator: '=', value: '7' }, []],
    [
      'or',
      {
        operator: 'OR',
        value: [
          { field: 'size', operator: '<=', value: 10 },
          { field: 'name', operator: '=', value: 'Bolt' },
        ],
      },
      ['bolt', 'acme'],
    ],
    ['not', { operator: 'NOT', value: [{ field: 'size', operator: '>', value: 10 }] }, ['bolt', 'acme']],
    ['quotes', { field: 'name', operator: '=', value: `' OR '1'='1` }, []],
  ])('finds by %s', async (_, query, expected) => {
    expect(await among(query)).toEqual(expected);
  });

  it('finds a company by its id and by its tag', async () => {
    const id = await company({ company_id: 'tagged' });
    const [tag] = await api.store.database.query<{ id: number }>(
      `WITH made AS (INSERT INTO tag (workspace_id, name, created_at) VALUES ($1, 'x', now()) RETURNING id)
       INSERT INTO company_tag (workspace_id, company_id, tag_id, applied_at)
       SELECT $1, $2, id, now() FROM made RETURNING tag_id AS id`,
      [api.workspaceId, bytes(id)],
    );

    expect(await found({ field: 'id', operator: '=', value: id })).toEqual(['tagged']);
    expect(await found({ field: 'tag_id', operator: '=', value: String(tag?.id) })).toEqual(['tagged']);
    expect(await found({ field: 'tag_id', operator: '!=', value: String(tag?.id) })).not.toContain('tagged');
    expect(await found({ field: 'tag_id', operator: '!=' })).toEqual(['tagged']);
  });

  it('compares dates as days of the workspace, and since 2.17 to the second', async () => {
    await api.store.database.query(`UPDATE workspace SET time_zone = 'Europe/Berlin' WHERE id = $1`, [
      api.workspaceId,
    ]);
    const on = async (operator: string, value: number, version = '2.16') => {
      const query = { field: 'remote_created_at', operator, value };
      const answer = await search(query).set('intercom-version', version);
      return answer.body.data.length === 1;
    };
    const midnight = NOON - 13 * 3600;

    expect(await on('=', midnight)).toBe(true);
    expect(await on('=', midnight - 1)).toBe(false);
    expect([await on('>', NOON - DAY), await on('>', NOON - 1), await on('<', NOON + 1)]).toEqual([
      true,
      false,
      false,
    ]);
    expect([await on('>', NOON - 1, '2.17'), await on('<', NOON + 1, '2.17')]).toEqual([true, true]);
    expect([await on('=', NOON, '2.17'), await on('=', midnight, '2.17')]).toEqual([true, false]);
    expect([await on('>', NOON, '2.17'), await on('>=', NOON, '2.17')]).toEqual([false, true]);
  });

  it('compares custom dates as days of UTC since 2.17', async () => {
    await company({ company_id: 'dated', custom_attributes: { renewed_at: NOON } });
    const on = async (operator: string, value: number) => {
      const query = { field: 'custom_attributes.renewed_at', operator, value };
      return (await search(query).set('intercom-version', '2.17')).body.data.length === 1;
    };

    expect([await on('=', NOON - 12 * 3600), await on('=', NOON - 12 * 3600 - 1)]).toEqual([true, false]);
    expect(await on('>', NOON - 1)).toBe(false);
  });

  it('finds nothing of another workspace', async () => {
    const { send: other } = await otherWorkspace(api);
    const answer = await other('post', '/companies/search').send({ query: mine });

    expect(answer.body).toMatchObject({ data: [], total_count: 0 });
  });
});

describe('what a search of companies finds', () => {
  const query = { field: 'company_id', operator: '^', value: 'page ' };
  beforeAll(async () => {
    for (const [i, size] of [3, null, 3, 1, null].entries()) await company({ company_id: `page ${i}`, size });
  });

  it.each([
    ['size', 'ascending', ['page 3', 'page 0', 'page 2', 'page 1', 'page 4']],
    ['size', 'descending', ['page 2', 'page 0', 'page 3', 'page 4', 'page 1']],
    ['created_at', 'ascending', ['page 0', 'page 1', 'page 2', 'page 3', 'page 4']],
    ['name', 'descending', ['page 4', 'page 3', 'page 2', 'page 1', 'page 0']],
    ['user_count', 'ascending', ['page 0', 'page 1', 'page 2', 'page 3', 'page 4']],
  ])('comes page by page by %s, %s, each once', async (field, order, expected) => {
    const seen: string[] = [];
    let cursor: string | undefined;
    for (let page = 1; page <= 3; page++) {
      const pagination = { per_page: 2, starting_after: cursor };
      const answer = foundCompanies.parse((await search(query, { pagination, sort: { field, order } })).body);
      expect(answer.pages).toMatchObject({ page, per_page: 2, total_pages: 3 });
      expect(answer.total_count).toBe(5);
      cursor = answer.pages.next?.starting_after;
      seen.push(...answer.data.map(({ company_id }) => company_id));
    }
    expect(cursor).toBeUndefined();
    expect(seen).toEqual(expected);
  });

  it('is fifteen a page, newest first, unless it says otherwise', async () => {
    const answer = await search(query);

    expect(answer.body.pages).toEqual({ type: 'pages', page: 1, per_page: 15, total_pages: 1, next: null });
    expect(answer.body.data[0].company_id).toBe('page 4');
  });
});

it('people are counted without the archived ones, wherever a filter asks and a sort goes by it', async () => {
  for (const company_id of ['few', 'more', 'most']) await company({ company_id, industry: 'counted' });
  const join = async (external_id: string, company_ids: string[]) => {
    const user = { user_id: external_id, companies: company_ids.map((company_id) => ({ company_id })) };
    return (await api.send('post', '/users').send(user)).body.id;
  };
  await join('second', ['more', 'most']);
  await join('third', ['most']);
  await api.send('post', `/contacts/${await join('gone', ['few', 'more', 'most'])}/archive`);
  const counted = { field: 'industry', operator: '=', value: 'counted' };
  const two = { operator: 'NOT', value: [{ field: 'user_count', operator: '=', value: 2 }] };

  expect(await found(counted, { sort: { field: 'user_count' } })).toEqual(['most', 'more', 'few']);
  expect(await found({ operator: 'AND', value: [counted, two] })).toEqual(['most', 'few']);
});

describe('a search of companies is refused', () => {
  const name = { field: 'name', operator: '=', value: 'x' };
  it.each<[string, object, string, string]>([
    ['by plan', { query: { field: 'plan.name', operator: '=', value: 'x' } }, 'invalid_field', 'query.field'],
    [
      'by segment',
      { query: { field: 'segment_id', operator: '=', value: 'x' } },
      'invalid_field',
      'query.field',
    ],
    [
      'by what a contact has, deep inside',
      {
        query: {
          operator: 'AND',
          value: [name, { operator: 'OR', value: [{ field: 'email', operator: '=', value: 'x' }] }],
        },
      },
      'invalid_field',
      'query.value.1.value.0.field',
    ],
    [
      'by an event',
      { query: { event: 'x', measure: 'count', operator: '=', value: 1 } },
      'invalid_field',
      'query.field',
    ],
    [
      'by a field that every object has',
      { query: { field: 'constructor', operator: '=', value: 'x' } },
      'invalid_field',
      'query.field',
    ],
    [
      'by tags in a list',
      { query: { field: 'tag_id', operator: 'IN', value: ['1'] } },
      'parameter_invalid',
      'query.operator',
    ],
    ['without a query', {}, 'parameter_missing', 'query'],
    ['sorted by plan', { query: name, sort: { field: 'plan' } }, 'invalid_field', 'sort.field'],
    [
      'sorted upwards',
      { query: name, sort: { field: 'name', order: 'up' } },
      'invalid_sort_order',
      'sort.order',
    ],
    [
      'at no cursor',
      { query: name, pagination: { starting_after: 'x' } },
      'parameter_invalid',
      'starting_after',
    ],
    [
      'too many a page',
      { query: name, pagination: { per_page: 151 } },
      'parameter_invalid',
      'pagination.per_page',
    ],
    ['with the cursor beside', { query: name, starting_after: 'x' }, 'parameter_invalid', 'starting_after'],
  ])('%s', async (_, body, code, field) => {
    const answer = await api.send('post', '/companies/search').send(body);

    expect(answer.status).toBe(400);
    expect(answer.body.errors[0]).toMatchObject({ code, field });
  });

  it('at a cursor of another sort', async () => {
    const known = { field: 'name', operator: 'has_any_value' };
    const sort = { field: 'name' };
    const first = await search(known, { pagination: { per_page: 1 }, sort });
    const pagination = first.body.pages.next;

    expect((await search(known, { pagination, sort: { field: 'size' } })).status).toBe(400);
    expect((await search(known, { pagination, sort })).status).toBe(200);
  });
});

describe('a search of companies agrees with a filter in memory', () => {
  const values: (AttributeValue | undefined)[] = [
    undefined,
    '',
    'Ann',
    'ann',
    'İ',
    '5',
    5,
    6.5,
    -1,
    NOON,
    true,
    false,
  ];
  const customAttributes = (value: AttributeValue | undefined) =>
    value === undefined ? {} : { it: value, it_at: value, 'odd) --': value };
  // What is declared now has one type; what was kept before may have any.
  beforeAll(async () => {
    for (const [i, value] of values.entries()) {
      const id = await company({ company_id: `value ${i}` });
      await api.store.database.query('UPDATE company SET custom_attributes = $2 WHERE id = $1', [
        bytes(id),
        JSON.stringify(customAttributes(value)),
      ]);
    }
  });

  const scalars = ['Ann', '5', 5, true, ''];
  const any = [
    ...['=', '!='].flatMap((operator) => scalars.map((value) => ({ operator, value }))),
    ...['IN', 'NIN'].flatMap((operator) => [scalars, ['nothing']].map((value) => ({ operator, value }))),
    ...['~', '!~', '^', '$'].flatMap((operator) =>
      ['AN', 'n', '', '5'].map((value) => ({ operator, value })),
    ),
    ...['is_unknown', 'has_any_value'].map((operator) => ({ operator })),
  ];
  const ordered = ['<', '>', '<=', '>='].flatMap((operator) =>
    [5, 6.5, NOON, NOON - DAY].map((value) => ({ operator, value })),
  );
  const dates = ['=', '!=', 'IN', 'NIN'].map((operator) => ({
    operator,
    value: operator.endsWith('N') ? [NOON, 0] : NOON + 3600,
  }));
  const conditions = [
    ...[...any, ...ordered].map((condition) => ({ field: 'custom_attributes.it', ...condition })),
    ...[...dates, ...ordered].map((condition) => ({ field: 'custom_attributes.it_at', ...condition })),
    { field: 'custom_attributes.odd) --', operator: '=', value: 'Ann' },
  ];

  it.each(conditions.map((condition) => [JSON.stringify(condition), condition] as const))(
    '%s',
    async (_, query) => {
      const filter = compileFilter(parseFilter(query), 'Europe/Berlin');
      const expected = values.flatMap((value, i) => {
        const subject = { attributes: {}, customAttributes: customAttributes(value), events: {} };
        return filter.test(subject, NOON) ? [`value ${i}`] : [];
      });
      const mine = { field: 'company_id', operator: '^', value: 'value ' };
      const all = await found({ operator: 'AND', value: [mine, query] }, { sort: { order: 'ascending' } });

      expect(all).toEqual(expected);
    },
  );
});
