import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { Intercom, IntercomClient } from 'intercom-client';
import { type DataAttributeAnswer, dataAttributeAnswer, dataAttributeList } from '#contracts';
import { otherWorkspace } from '../../../../test/support/other-workspace.js';
import { testApi, type TestApi } from '../../../../test/support/api.js';
import { sdkOf } from '../../../../test/support/sdk.js';

let api: TestApi;
let sdk: IntercomClient;
beforeAll(async () => {
  api = await testApi();
  sdk = await sdkOf(api);
});
afterAll(() => api.close());

const create = (body: object) => api.send('post', '/data_attributes').send(body);
const put = (id: number, body: object) => api.send('put', `/data_attributes/${id}`).send(body);
const contact = (custom_attributes: object) =>
  api.send('post', '/contacts').send({ role: 'lead', custom_attributes });

async function list(query = '', version = '2.14'): Promise<DataAttributeAnswer[]> {
  const answer = await api.send('get', `/data_attributes${query}`).set('intercom-version', version);
  return dataAttributeList.parse(answer.body).data;
}

describe('the official SDK', () => {
  it('creates, lists and archives an attribute', async () => {
    const request = {
      name: 'Sdk plan',
      model: 'contact',
      data_type: 'string' as const,
      description: 'Which',
    };
    const created = await sdk.dataAttributes.create(request);
    expect(created).toEqual({
      type: 'data_attribute',
      id: expect.any(Number),
      model: 'contact',
      name: 'Sdk plan',
      full_name: 'custom_attributes.Sdk plan',
      label: 'Sdk plan',
      description: 'Which',
      data_type: 'string',
      api_writable: true,
      messenger_writable: true,
      ui_writable: true,
      custom: true,
      archived: false,
      created_at: expect.any(Number),
      updated_at: created.created_at,
      admin_id: expect.stringMatching(/^\d+$/),
    });
    const id = created.id ?? 0;
    expect((await sdk.dataAttributes.list({ model: 'contact' })).data).toContainEqual(created);

    const body = { archived: true, description: 'None', messenger_writable: false };
    const updated = await sdk.dataAttributes.update({ data_attribute_id: id, body });
    expect(updated).toMatchObject({ ...created, ...body, updated_at: expect.any(Number) });
    expect((await sdk.dataAttributes.list({ model: 'contact' })).data).not.toContainEqual(updated);
    const all = await sdk.dataAttributes.list({ model: 'contact', include_archived: true });
    expect(all.data).toContainEqual(updated);
  });

  it('writes options as objects and reads them as strings', async () => {
    const options = [{ value: '1-10' }, { value: '11-50' }];
    const request = { name: 'Sdk range', model: 'contact', data_type: 'options' as const, options };
    const created = await sdk.dataAttributes.create(request);
    expect(created).toMatchObject({ data_type: 'string', options: ['1-10', '11-50'] });

    const more = { data_attribute_id: created.id ?? 0, body: { options: [...options, { value: '51-' }] } };
    expect(await sdk.dataAttributes.update(more)).toMatchObject({ options: ['1-10', '11-50', '51-'] });
    expect((await contact({ 'Sdk range': 'none of them' })).body.custom_attributes).toEqual({
      'Sdk range': 'none of them',
    });
  });

  it('may update nothing at all', async () => {
    const created = await sdk.dataAttributes.create({
      name: 'Sdk idle',
      model: 'contact',
      data_type: 'float',
    } as object);
    const nothing = { data_attribute_id: created.id ?? 0, body: undefined };

    expect(await sdk.dataAttributes.update(nothing)).toEqual(created);
  });

  it('reads our refusals by their class', async () => {
    const duplicate = { name: 'Sdk plan', model: 'contact', data_type: 'string' as const };

    await expect(sdk.dataAttributes.create(duplicate)).rejects.toBeInstanceOf(Intercom.BadRequestError);
    await expect(sdk.dataAttributes.update({ data_attribute_id: 999, body: {} })).rejects.toMatchObject({
      statusCode: 404,
      body: { errors: [{ code: 'field_not_found' }] },
    });
  });
});

describe('the list of data attributes', () => {
  const byName = (attributes: DataAttributeAnswer[], name: string) =>
    attributes.find(({ full_name: fullName }) => fullName === name);

  it('has the standard ones of each model, and of both', async () => {
    const contacts = await list('?model=contact');
    const companies = await list('?model=company');

    expect(byName(contacts, 'created_at')).toEqual({
      type: 'data_attribute',
      model: 'contact',
      name: 'created_at',
      full_name: 'created_at',
      label: 'First Seen',
      description: '',
      data_type: 'date',
      api_writable: false,
      messenger_writable: false,
      ui_writable: false,
      custom: false,
      archived: false,
    });
    expect(byName(contacts, 'location.country')).toMatchObject({ name: 'country', label: 'Country' });
    expect(byName(contacts, 'owner_id')).toMatchObject({ data_type: 'integer', api_writable: true });
    expect(byName(companies, 'plan.name')).toMatchObject({ model: 'company', name: 'name', label: 'Plan' });
    expect(await list()).toEqual([...contacts, ...companies]);
  });

  it.each([
    ['2.16', 'date'],
    ['2.17', 'datetime'],
    ['Preview', 'datetime'],
  ])('of version %s calls the ten standard times %s', async (version, type) => {
    const dates = (await list('?model=contact', version)).filter(
      ({ custom, full_name: name }) => !custom && name.endsWith('_at'),
    );

    expect(dates.map((attribute) => attribute.data_type)).toEqual(Array.from({ length: 10 }, () => type));
  });

  it('of conversations is empty until they are no model any more', async () => {
    const of = (version: string) =>
      api.send('get', '/data_attributes?model=conversation').set('intercom-version', version);

    expect((await of('2.15')).body).toEqual({ type: 'list', data: [] });
    const refused = await of('2.16');
    expect([refused.status, refused.body.errors[0]]).toEqual([
      422,
      expect.objectContaining({ code: 'parameter_invalid', field: 'model' }),
    ]);
  });

  it.each(['model=person', 'include_archived=yes', 'page=1'])('is not given for ?%s', async (query) => {
    const answer = await api.send('get', `/data_attributes?${query}`);

    expect([answer.status, answer.body.errors[0].field]).toEqual([400, query.split('=')[0]]);
  });

  it('is another one in another workspace', async () => {
    const { body } = await create({ name: 'Walled', model: 'contact', data_type: 'string' });
    const { send: other } = await otherWorkspace(api);
    const names = dataAttributeList
      .parse((await other('get', '/data_attributes?model=contact')).body)
      .data.map(({ name }) => name);

    expect(names).toContain('email');
    expect(names).not.toContain('Walled');
    const foreign = await other('put', `/data_attributes/${body.id}`).send({ description: 'mine' });
    expect([foreign.status, foreign.body.errors[0].code]).toEqual([404, 'field_not_found']);
    const again = await other('post', '/data_attributes').send({
      name: 'Walled',
      model: 'company',
      data_type: 'float',
    });
    expect(again.status).toBe(200);
  });
});

describe('a new data attribute', () => {
  it.each(['string', 'integer', 'float', 'boolean', 'date'])('may be a %s', async (type) => {
    const answer = await create({ name: `A ${type}`, model: 'company', data_type: type });

    expect(dataAttributeAnswer.parse(answer.body)).toMatchObject({ data_type: type, model: 'company' });
    expect(answer.body).not.toHaveProperty('options');
  });

  it('of datetime is called a date until version 2.17', async () => {
    const { body } = await create({ name: 'A datetime', model: 'company', data_type: 'datetime' });
    const [later] = (await list('?model=company', '2.17')).filter(({ id }) => id === body.id);

    expect([body.data_type, later?.data_type]).toEqual(['date', 'datetime']);
  });

  it('is one of options when a string has them, as older clients say it', async () => {
    const options = [{ value: 'a' }, { value: 'b' }];
    const { body } = await create({ name: 'Old list', model: 'contact', data_type: 'string', options });

    expect(body).toMatchObject({ data_type: 'string', options: ['a', 'b'] });
  });

  const good = { name: 'Refused', model: 'contact', data_type: 'string' };
  const many = (count: number) => Array.from({ length: count }, (_, i) => ({ value: `${i}` }));
  it.each<[string, object, string]>([
    ['without a name', { name: '' }, 'name'],
    ['with a name over the limit', { name: 'x'.repeat(191) }, 'name'],
    ['with a forbidden character', { name: 'a.b' }, 'name'],
    ['with a standard name', { name: 'email' }, 'name'],
    ['of a standard name of its model', { name: 'industry', model: 'company' }, 'name'],
    ['of no model', { model: 'conversation' }, 'model'],
    ['of no type', { data_type: 'list' }, 'data_type'],
    ['of options without any', { data_type: 'options' }, 'data_type'],
    ['with one option', { data_type: 'options', options: many(1) }, 'options'],
    ['with too many options', { data_type: 'options', options: many(251) }, 'options'],
    ['with the same option twice', { data_type: 'options', options: [...many(1), ...many(2)] }, 'options'],
    ['of numbers with options', { data_type: 'integer', options: many(2) }, 'options'],
    ['with an unknown key', { label: 'x' }, 'label'],
  ])('%s is refused', async (_, overrides, field) => {
    const answer = await create({ ...good, ...overrides });

    expect([answer.status, answer.body.errors[0].field]).toEqual([400, field]);
  });

  it('takes names and options at their limits', async () => {
    const options = many(250);
    const answer = await create({ name: 'n'.repeat(190), model: 'company', data_type: 'options', options });

    expect(answer.body.options).toHaveLength(250);
  });

  it('has a name of its own, whichever model and case, archived or not', async () => {
    const { body } = await create({ name: 'Mine', model: 'contact', data_type: 'string' });
    const taken = await create({ name: 'Mine', model: 'company', data_type: 'string' });
    expect([taken.status, taken.body.errors[0]]).toEqual([
      400,
      expect.objectContaining({ code: 'parameter_invalid', field: 'name' }),
    ]);
    await put(body.id, { archived: true });
    const hidden = await create({ name: 'Mine', model: 'contact', data_type: 'string' });
    expect(hidden.body.errors[0].message).toContain('archived');
    expect((await create({ name: 'mine', model: 'contact', data_type: 'string' })).status).toBe(200);
  });
});

describe('a data attribute', () => {
  it.each(['0', 'x', '1.5', '99999999999', '-1'])('with the id %s is not found', async (id) => {
    const answer = await api.send('put', `/data_attributes/${id}`).send({});

    expect([answer.status, answer.body.errors[0].code]).toEqual([404, 'field_not_found']);
  });

  it('has no options if it is not of them, and no list of none', async () => {
    const { body } = await create({ name: 'No options', model: 'contact', data_type: 'string' });
    const options = [{ value: 'a' }, { value: 'b' }];

    expect((await put(body.id, { options })).body.errors[0]).toMatchObject({ field: 'options' });
    expect((await put(body.id, { options: 'a' })).body.errors[0]).toMatchObject({ field: 'options' });
    expect((await put(body.id, { name: 'x' })).body.errors[0]).toMatchObject({ field: 'name' });
  });

  it('is not archived while a segment reads it', async () => {
    const { body } = await create({ name: 'Read', model: 'contact', data_type: 'string' });
    const filter = { field: 'custom_attributes.Read', operator: '=', value: 'x' };
    const segment = await api.send('post', '/segments').send({ name: 'Readers', filter });
    const refused = await put(body.id, { archived: true });
    expect([refused.status, refused.body.errors[0]]).toEqual([
      422,
      expect.objectContaining({
        code: 'data_invalid',
        field: 'archived',
        message: expect.stringContaining('"Readers"'),
        segments: [{ id: segment.body.id, name: 'Readers' }],
      }),
    ]);
    await api.send('delete', `/segments/${segment.body.id}`);
    expect((await put(body.id, { archived: true })).body.archived).toBe(true);
  });

  it('that is archived is not written any more, and is again when it comes back', async () => {
    const { body } = await create({ name: 'Resting', model: 'contact', data_type: 'string' });
    await put(body.id, { archived: true });
    const without = await contact({ Resting: 'x', name_of_another: 'y' });
    expect(without.body.custom_attributes).toEqual({ name_of_another: 'y' });
    expect(without.body.warnings).toMatchObject([{ field: 'custom_attributes.Resting' }]);
    await put(body.id, { archived: false });
    expect((await contact({ Resting: 'x' })).body.custom_attributes).toEqual({ Resting: 'x' });
  });
});

describe('a workspace', () => {
  it('has 250 attributes in use and no more, however many come together', async () => {
    const { send: full } = await otherWorkspace(api);
    const write = (names: string[]) => {
      const custom_attributes = Object.fromEntries(names.map((name) => [name, 'x']));
      return full('post', '/contacts').send({ role: 'lead', custom_attributes });
    };
    const names = (from: number, to: number) => Array.from({ length: to - from }, (_, i) => `a${from + i}`);
    const active = async () =>
      (await full('get', '/data_attributes')).body.data.filter(({ custom }: { custom: boolean }) => custom);

    await Promise.all([write(names(0, 150)), write(names(100, 249)), write(names(0, 249))]);
    expect(await active()).toHaveLength(249);
    const both = await write(['last', 'one too many']);
    expect([both.status, both.body.errors[0].code]).toEqual([400, 'custom_data_limit_reached']);
    expect(await active()).toHaveLength(249);

    const raced = await Promise.all([write(['b0']), write(['b1']), write(['b2'])]);
    expect(raced.map(({ status }) => status).sort()).toEqual([200, 400, 400]);
    expect((await write(names(0, 249))).status).toBe(200);
    const posted = await full('post', '/data_attributes').send({
      name: 'c',
      model: 'company',
      data_type: 'float',
    });
    expect(posted.body.errors[0].code).toBe('custom_data_limit_reached');

    const [first] = await active();
    await full('put', `/data_attributes/${first.id}`).send({ archived: true });
    expect((await write(['room again'])).status).toBe(200);
    const back = await full('put', `/data_attributes/${first.id}`).send({ archived: false });
    expect(back.body.errors[0]).toMatchObject({ code: 'custom_data_limit_reached', field: 'archived' });
  });

  it('declares a name once, by the value that came first', async () => {
    const declared = await Promise.all(Array.from({ length: 8 }, (_, i) => contact({ raced: i })));
    expect(declared.map(({ status }) => status)).toEqual(Array.from({ length: 8 }, () => 200));
    expect((await list('?model=contact')).filter(({ name }) => name === 'raced')).toMatchObject([
      { data_type: 'float', admin_id: null },
    ]);
  });

  it('takes an attribute that another process declared a moment ago, though it rejects others', async () => {
    await contact({ 'warm the cache': 1 });
    await api.send('put', '/workspace').send({ unknown_attributes: 'reject' });
    await contact({ 'warm the cache': 1 });
    await api.store.database.query(
      `INSERT INTO data_attribute (workspace_id, model, name, data_type, label, created_at, updated_at)
       VALUES ($1, 'contact', 'elsewhere', 'integer', '', now(), now())`,
      [api.workspaceId],
    );
    expect((await contact({ elsewhere: 1 })).status).toBe(200);
    await api.send('put', '/workspace').send({ unknown_attributes: 'create' });
  });
});
