import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { IntercomClient } from 'intercom-client';
import { companyAnswer, companyList, companyOrList } from '#contracts';
import { bytes, MembershipRepository } from '#database';
import { testApi, type TestApi } from '../../../../test/support/api.js';
import { otherWorkspace } from '../../../../test/support/other-workspace.js';
import { sdkOf } from '../../../../test/support/sdk.js';

/** How a test moves a contact into a segment by hand. */
const AT_ONCE = { reason: 'rule', crossedAt: 0, noticedAt: 0 } as const;

const NOTHING = '0123456789abcdef01234567';

let api: TestApi;
let sdk: IntercomClient;
beforeAll(async () => {
  api = await testApi();
  sdk = await sdkOf(api);
});
afterAll(() => api.close());

const post = (body: object) => api.send('post', '/companies').send(body);
const put = (id: string, body: object) => api.send('put', `/companies/${id}`).send(body);

let people = 0;
async function contact(): Promise<string> {
  const { body } = await api.send('post', '/contacts').send({ external_id: `person-${people++}` });
  return body.id;
}

async function attach(companyId: string, contactId?: string): Promise<string> {
  const person = contactId ?? (await contact());
  await api.send('post', `/contacts/${person}/companies`).send({ id: companyId }).expect(200);
  return person;
}

describe('a company', () => {
  it('is answered field by field, whatever is unknown', async () => {
    const answer = await post({ company_id: 'bare' });
    const { id, created_at, updated_at } = answer.body;

    expect(answer.status).toBe(200);
    expect(companyAnswer.parse(answer.body)).toEqual({
      type: 'company',
      id: expect.stringMatching(/^[0-9a-f]{24}$/),
      app_id: 'demo',
      company_id: 'bare',
      name: null,
      plan: {},
      monthly_spend: 0,
      size: null,
      industry: null,
      website: null,
      remote_created_at: null,
      created_at: expect.any(Number),
      updated_at: created_at,
      last_request_at: null,
      session_count: 0,
      user_count: 0,
      custom_attributes: {},
      tags: { type: 'tag.list', tags: [] },
      segments: { type: 'segment.list', segments: [] },
      notes: { type: 'note.list', notes: [] },
    });
    expect(updated_at).toBe(Math.floor(updated_at));
    expect((await api.send('get', `/companies/${id}`)).body).toEqual(answer.body);
  });

  it('keeps what a write leaves out, loses what it clears, and merges custom attributes by name', async () => {
    const full = { company_id: 'merged', name: 'Acme', plan: 'pro', monthly_spend: 12.98, size: 3 };
    const { body } = await post({
      ...full,
      industry: 'Mining',
      custom_attributes: { a: 1, b: 'x', constructor: 2 },
    });
    expect(body).toMatchObject({ monthly_spend: 12, plan: { type: 'plan', id: 'pro', name: 'pro' } });

    const again = await post({ company_id: 'merged', size: null, custom_attributes: { b: null, c: true } });
    expect(again.body).toMatchObject({ id: body.id, name: 'Acme', size: null, industry: 'Mining' });
    expect(again.body.custom_attributes).toEqual({ a: 1, constructor: 2, c: true });

    const cleared = await put(body.id, { plan: null, monthly_spend: null });
    expect(cleared.body).toMatchObject({ plan: {}, monthly_spend: 0, name: 'Acme', size: null });
  });

  it('was last seen when a write says so', async () => {
    const { body } = await post({ company_id: 'seen', update_last_request_at: false });
    const seen = await put(body.id, { update_last_request_at: true });

    expect(body.last_request_at).toBeNull();
    expect(Math.abs(seen.body.last_request_at - api.clock.now())).toBeLessThan(5);
  });

  it('is one, however many make it at once, and has what each of them wrote', async () => {
    const writes = Array.from({ length: 12 }, (_, i) =>
      post({ company_id: 'raced', custom_attributes: { [`key ${i}`]: i } }),
    );
    const ids = new Set((await Promise.all(writes)).map(({ body }) => body.id));
    const [id = ''] = ids;
    const { body } = await api.send('get', `/companies/${id}`);

    expect(ids.size).toBe(1);
    expect(Object.keys(body.custom_attributes)).toHaveLength(12);
  });

  it.each<[string, object, string, string]>([
    ['without company_id', { company_id: undefined, name: 'x' }, 'company_id', 'parameter_missing'],
    ['with an empty company_id', { company_id: '' }, 'company_id', 'parameter_invalid'],
    ['that spends too much', { monthly_spend: 2_147_483_648 }, 'monthly_spend', 'parameter_invalid'],
    ['that spends less than nothing', { monthly_spend: -1 }, 'monthly_spend', 'parameter_invalid'],
    ['of half a person', { size: 1.5 }, 'size', 'parameter_invalid'],
    ['with a count of its own', { user_count: 5 }, 'user_count', 'parameter_invalid'],
    ['with a list', { custom_attributes: { a: [] } }, 'custom_attributes.a', 'parameter_invalid'],
  ])('%s is refused', async (_, overrides, field, code) => {
    const answer = await post({ company_id: 'refused', ...overrides });

    expect(answer.status).toBe(400);
    expect(answer.body.errors[0]).toMatchObject({ code, field });
    expect((await api.send('get', '/companies?company_id=refused')).status).toBe(404);
  });

  it('may spend as much as can be kept', async () => {
    const { body } = await post({ company_id: 'rich', monthly_spend: 2_147_483_647 });
    expect(body.monthly_spend).toBe(2_147_483_647);
  });

  it('keeps its company_id', async () => {
    const { body } = await post({ company_id: 'named once' });
    const answer = await put(body.id, { company_id: 'named twice' });

    expect(answer.body.errors).toMatchObject([{ code: 'parameter_invalid', field: 'company_id' }]);
  });

  it('survives an update without a body', async () => {
    const { body } = await post({ company_id: 'unharmed', name: 'Whole' });
    const answer = await api.send('put', `/companies/${body.id}`);

    expect(answer.body).toEqual(body);
  });

  it.each([NOTHING, 'no-id'])('with the id %s is not there', async (id) => {
    const answers = [
      await api.send('get', `/companies/${id}`),
      await put(id, { name: 'x' }),
      await api.send('delete', `/companies/${id}`),
      await api.send('get', `/companies/${id}/contacts`),
      await api.send('get', `/companies/${id}/segments`),
    ];
    expect(answers.map(({ status }) => status)).toEqual([404, 404, 404, 404, 404]);
    expect(answers.map(({ body }) => body.errors[0].code)).toEqual(Array(5).fill('company_not_found'));
  });

  it('is really gone once deleted, and nobody belongs to it', async () => {
    const { body } = await post({ company_id: 'gone' });
    const person = await attach(body.id);
    const deleted = await api.send('delete', `/companies/${body.id}`);
    const left = await api.store.database.query('SELECT FROM contact_company WHERE company_id = $1', [
      bytes(body.id),
    ]);
    const again = await post({ company_id: 'gone' });

    expect(deleted.body).toEqual({ id: body.id, object: 'company', deleted: true });
    expect(left).toHaveLength(0);
    expect(again.body.id).not.toBe(body.id);
    expect((await api.send('get', `/contacts/${person}`)).body.companies.total_count).toBe(0);
  });

  it('shows its tags, its people and the segments that they are in', async () => {
    const { body } = await post({ company_id: 'rich in relations' });
    const person = await attach(body.id);
    const { body: segment } = await api
      .send('post', '/segments')
      .send({ name: 'Members', filter: { field: 'email', operator: 'has_any_value' } });
    const move = { contactId: person, segmentId: segment.id, workspaceId: api.workspaceId, ...AT_ONCE };
    await api.store.database.transaction((tx) => api.app.get(MembershipRepository).enter([move], tx));
    const [tag] = await tagged(body.id, 'VIP');
    const found = companyAnswer.parse((await api.send('get', `/companies/${body.id}`)).body);

    expect(found.user_count).toBe(1);
    expect(found.tags.tags).toEqual([{ type: 'tag', id: String(tag?.id), name: 'VIP' }]);
    expect(found.segments.segments).toMatchObject([{ type: 'segment', id: segment.id, name: 'Members' }]);
    expect(await sdk.companies.listAttachedSegments({ company_id: body.id })).toMatchObject({
      type: 'list',
      data: [{ id: segment.id }],
    });
    const inSegment = await api.send('get', `/companies?segment_id=${segment.id}`);
    expect(ids(inSegment)).toEqual([body.id]);
    expect(ids(await api.send('get', `/companies?tag_id=${tag?.id}`))).toEqual([body.id]);

    await api.send('delete', `/segments/${segment.id}`);
    expect((await api.send('get', `/companies/${body.id}`)).body.segments.segments).toEqual([]);
  });

  it('is not there for another workspace', async () => {
    const { send: other } = await otherWorkspace(api);
    const { body } = await post({ company_id: 'walled', name: 'Walled' });
    const person = await attach(body.id);
    const { body: theirs } = await other('post', '/companies').send({ company_id: 'walled' });
    const { body: stranger } = await other('post', '/contacts').send({ external_id: 'stranger' });
    const refused = [
      await other('get', `/companies/${body.id}`),
      await other('put', `/companies/${body.id}`).send({ name: 'x' }),
      await other('delete', `/companies/${body.id}`),
      await other('get', `/companies/${body.id}/contacts`),
      await other('get', '/companies?name=Walled'),
      await other('post', `/contacts/${stranger.id}/companies`).send({ id: body.id }),
      await other('post', `/contacts/${person}/companies`).send({ id: theirs.id }),
      await other('delete', `/contacts/${person}/companies/${body.id}`),
      await other('get', `/contacts/${person}/companies`),
    ];

    expect(refused.map(({ status }) => status)).toEqual(Array(9).fill(404));
    expect(theirs.id).not.toBe(body.id);
    expect(ids(await other('get', '/companies'))).toEqual([]);
    expect((await api.send('get', `/companies/${body.id}`)).body).toMatchObject({
      name: 'Walled',
      user_count: 1,
    });
  });
});

describe('the list of companies', () => {
  it('has those with people, last seen first, page by page', async () => {
    const before = ids(await api.send('get', '/companies?per_page=150'));
    const made: string[] = [];
    for (const name of ['first', 'second', 'third']) {
      api.clock.advance(2);
      const { body } = await post({ company_id: `listed ${name}`, update_last_request_at: true });
      await attach(body.id);
      made.unshift(body.id);
    }
    const { body: hidden } = await post({ company_id: 'without people', update_last_request_at: true });
    const page = (number: number) => api.send('post', `/companies/list?per_page=2&page=${number}`);
    const first = companyList.parse((await page(1)).body);
    const total = before.length + 3;

    expect([...first.data, ...(await page(2)).body.data].map(({ id }) => id).slice(0, 3)).toEqual(made);
    expect(first.total_count).toBe(total);
    expect(first.pages).toEqual({
      type: 'pages',
      page: 1,
      per_page: 2,
      total_pages: Math.ceil(total / 2),
      next: '/companies/list?order=desc&page=2&per_page=2',
    });
    const seen = (await api.send('post', '/companies/list?order=asc&per_page=150')).body.data
      .filter(({ last_request_at }: { last_request_at: number | null }) => last_request_at !== null)
      .map(({ id }: { id: string }) => id);
    expect(seen.slice(-3)).toEqual(made.toReversed());
    const everywhere = await api.send('get', '/companies?per_page=150');
    expect(ids(everywhere)).not.toContain(hidden.id);
    expect((await api.send('get', '/companies?company_id=without%20people')).body.id).toBe(hidden.id);
  });

  it('does not count an archived contact', async () => {
    const { body } = await post({ company_id: 'archived people' });
    const person = await attach(body.id);
    await api.store.database.query('UPDATE contact SET archived_at = now() WHERE id = $1', [bytes(person)]);

    expect((await api.send('get', `/companies/${body.id}`)).body.user_count).toBe(0);
    expect(ids(await api.send('get', '/companies?per_page=150'))).not.toContain(body.id);
    expect((await api.send('get', `/companies/${body.id}/contacts`)).body).toMatchObject({
      data: [],
      total_count: 0,
    });
  });

  it.each([
    ['post', '/companies/list?per_page=150&page=67', 'page'],
    ['post', '/companies/list?order=up', 'order'],
    ['post', '/companies/list?page=0', 'page'],
    ['get', '/companies?per_page=151', 'per_page'],
    ['get', '/companies?page=668', 'page'],
    ['get', '/companies?name=a&company_id=b', 'name'],
    ['get', '/companies?tag_id=99999999999', 'tag_id'],
    ['get', '/companies?segment_id=x', 'segment_id'],
    ['get', '/companies?order=asc', 'order'],
  ] as const)('is not given for %s %s', async (method, path, field) => {
    const answer = await api.send(method, path);

    expect(answer.status).toBe(400);
    expect(answer.body.errors[0]).toMatchObject({ code: 'parameter_invalid', field });
  });

  it.each(['/companies?per_page=100&page=100', '/companies?tag_id=2147483647'])(
    'is empty beyond its end: %s',
    async (path) => {
      expect((await api.send('get', path)).body.data).toEqual([]);
    },
  );
});

describe('the official SDK', () => {
  it('makes, changes, finds and deletes a company', async () => {
    const made = await sdk.companies.createOrUpdate({
      company_id: 'sdk',
      name: 'SDK & Co',
      plan: 'Gold',
      size: 85,
      website: 'not validated',
      industry: 'Manufacturing',
      custom_attributes: { paid_subscriber: true },
      remote_created_at: 1_374_138_000,
      monthly_spend: 155.98,
    });
    expect(made).toMatchObject({ name: 'SDK & Co', plan: { name: 'Gold' }, size: 85, monthly_spend: 155 });
    const company_id = made.id;
    const updated = await sdk.companies.update({ company_id, body: { name: 'Renamed', plan: 'Silver' } });

    expect(updated).toMatchObject({ id: made.id, name: 'Renamed', plan: { name: 'Silver' }, size: 85 });
    expect(await sdk.companies.find({ company_id })).toEqual(updated);
    expect(await sdk.companies.retrieve({ company_id: 'sdk' })).toEqual(updated);
    expect(await sdk.companies.retrieve({ name: 'Renamed' })).toEqual(updated);
    expect(companyOrList.parse(await sdk.companies.retrieve({ page: 1, per_page: 5 }))).toHaveProperty(
      'pages',
    );
    expect(await sdk.companies.delete({ company_id })).toEqual({
      id: made.id,
      object: 'company',
      deleted: true,
    });
    await expect(sdk.companies.find({ company_id })).rejects.toMatchObject({ statusCode: 404 });
  });

  it('lists companies to the end, each once', async () => {
    const listed: string[] = [];
    for await (const company of await sdk.companies.list({ per_page: 2 })) listed.push(company.id);
    const all = ids(await api.send('get', '/companies?per_page=150'));

    expect(listed).toEqual(all);
    expect(all.length).toBeGreaterThan(2);
  });

  it('attaches contacts, lists them from both sides, and detaches them', async () => {
    const { id } = await sdk.companies.createOrUpdate({ company_id: 'sdk people' });
    const { id: other } = await sdk.companies.createOrUpdate({ company_id: 'sdk people too' });
    const contact_id = await contact();
    const attached = await sdk.companies.attachContact({ contact_id, id });
    await sdk.companies.attachContact({ contact_id, id });
    await sdk.companies.attachContact({ contact_id, id: other });

    expect(attached).toMatchObject({ id, company_id: 'sdk people', user_count: 1 });
    const listed: string[] = [];
    for await (const company of await sdk.contacts.listAttachedCompanies({ contact_id, per_page: 1 }))
      listed.push(company.id);
    expect(listed).toEqual([id, other]);
    const found = await sdk.contacts.find({ contact_id });
    expect(found.companies).toMatchObject({ total_count: 2, data: [{ id }, { id: other }] });
    expect(await sdk.companies.listAttachedContacts({ company_id: id })).toMatchObject({
      type: 'list',
      data: [found],
      total_count: 1,
    });
    expect(await sdk.companies.detachContact({ contact_id, company_id: id })).toMatchObject({
      id,
      user_count: 0,
    });
    expect(await sdk.companies.listAttachedContacts({ company_id: id })).toMatchObject({ data: [] });
  });
});

const ids = ({ body }: { body: { data: { id: string }[] } }): string[] => body.data.map(({ id }) => id);

function tagged(companyId: string, name: string): Promise<{ id: number }[]> {
  return api.store.database.query<{ id: number }>(
    `WITH made AS (INSERT INTO tag (workspace_id, name, created_at) VALUES ($1, $2, now()) RETURNING id)
     INSERT INTO company_tag (workspace_id, company_id, tag_id, applied_at)
     SELECT $1, $3, id, now() FROM made RETURNING tag_id AS id`,
    [api.workspaceId, name, bytes(companyId)],
  );
}
