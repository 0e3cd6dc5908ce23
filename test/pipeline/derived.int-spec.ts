import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { ApplyModule, Verifier, VerifyModule } from '#pipeline';
import { formatPhones } from '../../libs/database/src/migrations/format-phones.js';
import { dataSource } from '../../libs/database/src/data-source.js';
import { testApi, type TestApi } from '../support/api.js';
import { TOKEN } from '../support/config.js';
import { People } from '../support/people.js';

const AT = 1_700_000_000;
const PHONE = '+49 (30) 123 456 78';
const FORMATTED = '+493012345678';

let api: TestApi;
let people: People;
beforeAll(async () => {
  api = await testApi({ modules: [ApplyModule, VerifyModule], jobs: ['apply.lanes'] });
  people = new People(api);
});
afterAll(() => api.close());

const create = async (body: object) => (await api.send('post', '/contacts').send(body).expect(200)).body;
const put = async (id: string, body: object) =>
  (await api.send('put', `/contacts/${id}`).send(body).expect(200)).body;
const told = (user_id: string, body: object) =>
  api
    .send('post', '/activities')
    .send({ user_id, created_at: AT, ...body })
    .expect(202);

describe('a phone', () => {
  it('is kept as it was written, and formatted beside it', async () => {
    const written = await create({ external_id: 'phone', phone: PHONE });

    expect(written).toMatchObject({ phone: PHONE, formatted_phone: FORMATTED });
    expect(await put(written.id, { phone: '030 12345678' })).toMatchObject({
      phone: '030 12345678',
      formatted_phone: null,
    });
    expect(await put(written.id, { phone: PHONE })).toMatchObject({ formatted_phone: FORMATTED });
    expect(await put(written.id, { phone: null })).toMatchObject({ phone: null, formatted_phone: null });
  });

  it('cannot be written formatted', async () => {
    const body = { external_id: 'forger', formatted_phone: FORMATTED };

    expect((await api.send('post', '/contacts').send(body)).body.errors).toMatchObject([
      { code: 'parameter_invalid', field: 'formatted_phone' },
    ]);
  });

  it('follows the latest of what is written as of a time', async () => {
    await create({ external_id: 'timed' });
    await told('timed', { created_at: AT + 9, phone: '+44 20 7946 0958' });
    await told('timed', { created_at: AT, phone: PHONE });

    expect(await people.settled('timed')).toMatchObject({
      phone: '+44 20 7946 0958',
      formatted_phone: '+442079460958',
    });
  });

  it('is found by its formatted number, and by rules', async () => {
    const { id } = await create({ external_id: 'found', phone: '+1 213 373 4253' });
    const query = { field: 'formatted_phone', operator: '=', value: '+12133734253' };
    const { body } = await api.send('post', '/contacts/search').send({ query }).expect(200);

    expect(body.data).toMatchObject([{ id, phone: '+1 213 373 4253' }]);
  });

  it.each([
    [undefined, FORMATTED],
    ['030 99999999', null],
  ])('of a survivor with %j is formatted after a merge as %j', async (own, formatted) => {
    const name = `survivor-${own}`;
    const into = await create({ external_id: name, ...(own ? { phone: own } : {}) });
    const from = await create({ role: 'lead', phone: PHONE });
    const merge = { from: from.id, into: into.id, skip_duplicate_validation: true };
    const { body } = await api.send('post', '/contacts/merge').send(merge).expect(200);

    expect(body).toMatchObject({ phone: own ?? PHONE, formatted_phone: formatted });
  });

  it('that was there before phones were formatted is formatted by the migration', async () => {
    const { id } = await create({ external_id: 'old', phone: PHONE });
    const bare = await create({ external_id: 'old-national', phone: '030 12345678' });
    await api.store.database.query(`UPDATE contact SET attributes = attributes - 'formatted_phone'`);
    const source = await dataSource({ url: api.store.url }).initialize();
    await formatPhones(source.createQueryRunner());
    await source.destroy();

    expect((await api.send('get', `/contacts/${id}`)).body.formatted_phone).toBe(FORMATTED);
    expect((await api.send('get', `/contacts/${bare.id}`)).body.formatted_phone).toBeNull();
  });
});

describe('an e-mail domain', () => {
  const domain = async (name: string) => (await people.settled(name))['email_domain'];

  it('follows the address that a survivor takes over', async () => {
    const into = await create({ external_id: 'no-mail' });
    const from = await create({ role: 'lead', email: 'Lead@Example.com' });
    const merge = { from: from.id, into: into.id, skip_duplicate_validation: true };
    await api.send('post', '/contacts/merge').send(merge).expect(200);

    expect(await domain('no-mail')).toBe('example.com');
  });

  it('follows the address of a call of another source, lower-cased', async () => {
    const traits = { email: 'Ada@EXAMPLE.org' };
    await create({ external_id: 'identified', email: 'ada@old.example' });
    await api
      .send('post', '/v1/identify')
      .auth(TOKEN, { type: 'bearer' })
      .send({ type: 'identify', userId: 'identified', traits })
      .expect(200);

    expect(await people.settled('identified')).toMatchObject({
      email: 'ada@example.org',
      email_domain: 'example.org',
    });
    const { body } = await api.send('post', '/contacts/search').send({
      query: { field: 'email_domain', operator: '=', value: 'example.org' },
    });
    expect(body.data).toHaveLength(1);
  });
});

it('what is derived is held against what it follows from', async () => {
  const verifier = api.app.get(Verifier, { strict: false });
  expect((await verifier.run()).differences).toEqual([]);
  await create({ external_id: 'damaged', phone: PHONE });
  await people.settled('damaged');
  await api.store.database.query(
    `UPDATE contact SET attributes = attributes || '{"formatted_phone": "+1"}' WHERE external_id = 'damaged'`,
  );

  expect((await verifier.run()).differences).toMatchObject([
    { what: 'formatted_phone', stored: '+1', found: FORMATTED },
  ]);
});
