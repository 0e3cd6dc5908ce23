import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { companyScroll } from '#contracts';
import { bytes, SCROLL_IDLE_SECONDS, SCROLL_STEP } from '#database';
import { testApi, type TestApi } from '../../../../test/support/api.js';
import { otherWorkspace } from '../../../../test/support/other-workspace.js';
import { sdkOf } from '../../../../test/support/sdk.js';

const COMPANIES = SCROLL_STEP + 1;

let api: TestApi;
beforeAll(async () => {
  api = await testApi();
  const { body } = await api.send('post', '/contacts').send({ external_id: 'everywhere' });
  await api.store.database.query(
    `WITH made AS (
       INSERT INTO company (id, workspace_id, company_id, created_at, updated_at)
       SELECT decode(lpad(to_hex(n), 24, '0'), 'hex'), $1, 'company ' || n, now(), now()
       FROM generate_series(1, $3::int) n RETURNING id
     )
     INSERT INTO contact_company (lane, contact_id, company_id, workspace_id, attached_at)
     SELECT get_byte($2::bytea, 11), $2, id, $1, now() FROM made`,
    [api.workspaceId, bytes(body.id), COMPANIES],
  );
  await api.send('post', '/companies').send({ company_id: 'without people' }).expect(200);
});
afterAll(() => api.close());
beforeEach(() => api.store.database.query('DELETE FROM scroll'));

const scroll = (param?: string) =>
  api.send('get', `/companies/scroll${param === undefined ? '' : `?scroll_param=${param}`}`);

describe('a scroll', () => {
  it('goes through all companies with people, each once, and ends with an empty step', async () => {
    const first = companyScroll.parse((await scroll()).body);
    const param = first.scroll_param ?? '';
    const second = companyScroll.parse((await scroll(param)).body);
    const last = companyScroll.parse((await scroll(param)).body);
    const seen = new Set([...first.data, ...second.data].map(({ id }) => id));

    expect([first.data.length, second.data.length, seen.size]).toEqual([SCROLL_STEP, 1, COMPANIES]);
    expect(second.scroll_param).toBe(param);
    expect([last.data, last.scroll_param]).toEqual([[], null]);
    expect((await scroll(param)).status).toBe(404);
    expect((await scroll()).status).toBe(200);
  });

  it('is read to its end by the SDK', async () => {
    const sdk = await sdkOf(api);
    const seen: string[] = [];
    for await (const company of await sdk.companies.scroll()) seen.push(company.company_id);

    expect(new Set(seen).size).toBe(COMPANIES);
    expect(seen).toHaveLength(COMPANIES);
  });

  it('is the only one that is open in its workspace', async () => {
    const { send: other } = await otherWorkspace(api);
    const opened = await Promise.all([scroll(), scroll(), scroll()]);
    const statuses = opened.map(({ status }) => status).sort();
    const refused = opened.find(({ status }) => status === 400);

    expect(statuses).toEqual([200, 400, 400]);
    expect(refused?.body.errors).toMatchObject([{ code: 'scroll_exists' }]);
    expect(refused?.body.errors[0].message).toMatch(/^scroll already exists for this workspace/);
    const theirs = await other('get', '/companies/scroll');
    expect([theirs.status, theirs.body.data]).toEqual([200, []]);
  });

  it('stays open as long as it is used at least once a minute', async () => {
    const { body } = await scroll();
    api.clock.advance(SCROLL_IDLE_SECONDS - 5);
    expect((await scroll(body.scroll_param)).status).toBe(200);
    api.clock.advance(SCROLL_IDLE_SECONDS - 5);

    expect((await scroll()).body.errors).toMatchObject([{ code: 'scroll_exists' }]);
    expect((await scroll(body.scroll_param)).status).toBe(200);
  });

  it('is closed when nobody has used it for longer', async () => {
    const { body } = await scroll();
    api.clock.advance(SCROLL_IDLE_SECONDS + 1);
    const late = await scroll(body.scroll_param);

    expect(late.status).toBe(404);
    expect(late.body.errors).toMatchObject([{ code: 'not_found', field: 'scroll_param' }]);
    expect((await scroll()).body.scroll_param).not.toBe(body.scroll_param);
  });

  it.each(['x', '0123456789abcdef01234567'])('that nobody opened is not there: %s', async (param) => {
    expect((await scroll(param)).status).toBe(404);
  });

  it('of another workspace is not there', async () => {
    const { send: other } = await otherWorkspace(api);
    const { body } = await scroll();

    expect((await other('get', `/companies/scroll?scroll_param=${body.scroll_param}`)).status).toBe(404);
    expect((await scroll(body.scroll_param)).status).toBe(200);
  });
});
