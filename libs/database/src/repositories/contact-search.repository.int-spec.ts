import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { type Id, parseFilter, type Position, resolveFilter, type Sort } from '#domain';
import { testDatabase, type TestDatabase } from '../../../../test/support/database.js';
import { ContactSearchRepository } from './contact-search.repository.js';
import { ContactTotalRepository } from './contact-total.repository.js';
import type { ContactSearch } from './contact-where.js';

/** Wide contacts, so that a sample is not all of them: half of them never signed up, every 240th is rare. */
const CONTACTS = 48_000;
const RARE = CONTACTS / 240;
const SEED = `
  INSERT INTO contact (lane, id, workspace_id, role, created_at, updated_at, signed_up_at, attributes, custom_attributes)
  SELECT get_byte(id, 11), id, CASE WHEN n % 100 = 1 THEN 2 ELSE 1 END, 'user', to_timestamp(n / 3), now(),
    CASE WHEN (n / 7) % 2 = 0 THEN to_timestamp(n % 7919) END,
    jsonb_build_object('name', repeat(md5(n::text), 20)), jsonb_build_object('rare', n % 240 = 0)
  FROM (SELECT n, decode(lpad(to_hex(n), 12, '0') || substr(md5(n::text), 1, 12), 'hex') AS id
        FROM generate_series(1, $1::int) n) AS made`;

let test: TestDatabase;
let searches: ContactSearchRepository;
beforeAll(async () => {
  test = await testDatabase();
  searches = new ContactSearchRepository(test.database, new ContactTotalRepository(test.database));
  await test.database.query(SEED, [CONTACTS]);
  await test.database.query('ANALYZE contact');
}, 60_000);
afterAll(() => test.drop());

const everybody: ContactSearch = { workspaceId: 1, filter: null };
const rare = matching({ field: 'custom_attributes.rare', operator: '=', value: true });

function matching(filter: object): ContactSearch {
  return { workspaceId: 1, filter: resolveFilter(parseFilter(filter), { zone: 'UTC', now: 0 }) };
}

/** The ids of so many pages in the order of a search, and where they end. */
async function walk(search: ContactSearch, sort: Sort, from: { pages: number; after: Position | null }) {
  const ids: Id[] = [];
  let { after } = from;
  for (let page = 0; page < from.pages; page++) {
    const { found } = await searches.search(search, { sort, after, limit: 100 });
    ids.push(...found.map(({ contact }) => contact.id));
    after = found.at(-1)?.position ?? after;
  }
  return { ids, after };
}

async function truth(where: string, order: string, range: { skip: number; take: number }): Promise<Id[]> {
  const rows = await test.database.query<{ id: Id }>(
    `SELECT id FROM contact WHERE workspace_id = 1 AND ${where} ORDER BY ${order} OFFSET $1 LIMIT $2`,
    [range.skip, range.take],
  );
  return rows.map(({ id }) => id);
}

describe('The total of a search', () => {
  const total = async (search: ContactSearch) =>
    (
      await searches.search(search, {
        sort: { field: 'created_at', order: 'descending' },
        after: null,
        limit: 1,
      })
    ).total;

  it('is counted when there are few', async () => {
    expect(await total(rare)).toEqual({ count: RARE, exact: true });
  });

  it('is estimated when there are many', async () => {
    const { count, exact } = await total(everybody);
    expect(exact).toBe(false);
    expect(Math.abs(count / (CONTACTS * 0.99) - 1)).toBeLessThan(0.1);
  });

  it('is counted in a workspace of which a sample says little', async () => {
    expect(await total({ workspaceId: 2, filter: null })).toEqual({ count: CONTACTS / 100, exact: true });
  });
});

describe.each([
  ['many', everybody, 'true'],
  ['few', rare, `custom_attributes @> '{"rare": true}'`],
])('Of %s matches', (_, search, where) => {
  it.each([
    ['ascending', 'created_at', 'created_at, id'],
    ['descending', 'created_at', 'created_at DESC, id DESC'],
    ['ascending', 'signed_up_at', 'signed_up_at NULLS LAST, id'],
    ['descending', 'signed_up_at', 'signed_up_at DESC NULLS LAST, id DESC'],
  ] as const)('the pages come %s by %s, each thing once', async (order, field, orderBy) => {
    const { ids } = await walk(search, { field, order }, { pages: 3, after: null });
    expect(ids).toEqual(await truth(where, orderBy, { skip: 0, take: 300 }));
  });

  it('the pages go on from the known to the unknown', async () => {
    const order = 'signed_up_at NULLS LAST, id';
    const known = await truth(`${where} AND signed_up_at IS NOT NULL`, order, { skip: 0, take: CONTACTS });
    const skip = known.length - 50;
    const after = await positionOf(known[skip - 1] ?? '');
    const { ids } = await walk(search, { field: 'signed_up_at', order: 'ascending' }, { pages: 2, after });
    expect(ids).toEqual(await truth(where, order, { skip, take: 200 }));
  });
});

async function positionOf(id: Id): Promise<Position> {
  const [row] = await test.database.query<{ value: number }>(
    `SELECT extract(epoch FROM signed_up_at)::float8 AS value FROM contact WHERE encode(id, 'hex') = $1`,
    [id],
  );
  return { value: row?.value ?? null, id };
}

describe('A page', () => {
  it.each([
    ['created_at', 'x'],
    ['created_at', 1e300],
    ['email', 1],
    ['web_sessions', 'x'],
    ['id', 'x'],
  ])('of a list sorted by %s does not follow %s', async (field, value) => {
    const page = {
      sort: { field, order: 'ascending' } as const,
      after: { value, id: '0'.repeat(24) },
      limit: 1,
    };
    await expect(searches.search(everybody, page)).rejects.toMatchObject({ code: 'parameter_invalid' });
  });
});
