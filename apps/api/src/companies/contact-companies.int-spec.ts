import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { contactCompanies } from '#contracts';
import { bytes, CompanyLinkRepository, CompanyRepository, ContactRepository } from '#database';
import { type Contact, MAX_COMPANIES_OF_CONTACT } from '#domain';
import { ContactCompanies, ContactService, type InlineCompany } from '#pipeline';
import { testApi, type TestApi } from '../../../../test/support/api.js';
import { waitFor } from '../../../../test/support/wait-for.js';

const NOTHING = '0123456789abcdef01234567';

let api: TestApi;
beforeAll(async () => {
  api = await testApi();
});
afterAll(() => api.close());

let made = 0;
async function contact(): Promise<string> {
  const { body } = await api.send('post', '/contacts').send({ external_id: `person-${made++}` });
  return body.id;
}

async function company(): Promise<string> {
  const { body } = await api.send('post', '/companies').send({ company_id: `company-${made++}` });
  return body.id;
}

const attach = (contactId: string, id: string | undefined) =>
  api.send('post', `/contacts/${contactId}/companies`).send({ id });
const detach = (contactId: string, id: string) =>
  api.send('delete', `/contacts/${contactId}/companies/${id}`);
const list = (contactId: string, query = '') => api.send('get', `/contacts/${contactId}/companies${query}`);
const find = async (contactId: string) => (await api.send('get', `/contacts/${contactId}`)).body;
const told = (contactId: string) =>
  api.store.database.query('SELECT payload FROM inbox WHERE contact_id = $1 ORDER BY id', [bytes(contactId)]);

describe('a contact that is attached to a company', () => {
  it('has changed, which apply hears of, though not when it is attached again', async () => {
    const [person, account] = [await contact(), await company()];
    const before = await find(person);
    api.clock.advance(10);
    await attach(person, account);
    const attached = await find(person);
    api.clock.advance(10);
    await attach(person, account);

    expect(attached.updated_at).toBeGreaterThanOrEqual(before.updated_at + 10);
    expect((await find(person)).updated_at).toBe(attached.updated_at);
    expect(await told(person)).toMatchObject([
      { payload: { created: true } },
      {
        payload: {
          kind: 'written',
          created: false,
          changed: { updated_at: [expect.any(Number), expect.any(Number)] },
        },
      },
    ]);

    await detach(person, account);
    await detach(person, account);
    expect(await told(person)).toHaveLength(3);
    expect((await find(person)).updated_at).toBeGreaterThanOrEqual(attached.updated_at + 10);
  });

  it('is listed with its companies under both keys, page by page', async () => {
    const person = await contact();
    const accounts = [await company(), await company(), await company()];
    for (const id of accounts) await attach(person, id);
    const first = contactCompanies.parse((await list(person, '?per_page=2')).body);
    const last = contactCompanies.parse((await list(person, '?per_page=2&page=2')).body);

    expect([...first.data, ...last.data].map(({ id }) => id)).toEqual(accounts);
    expect(first.companies).toEqual(first.data);
    expect(first.pages).toEqual({
      type: 'pages',
      page: 1,
      per_page: 2,
      total_pages: 2,
      next: `/contacts/${person}/companies?page=2&per_page=2`,
    });
    expect([first.total_count, last.pages.next]).toEqual([3, null]);
    expect((await list(person, '?page=3&per_page=2')).body.companies).toEqual([]);
  });

  it('is one of its people once, however often it is attached at once, and in any order', async () => {
    const person = await contact();
    const accounts = [await company(), await company()];
    const all = Array.from({ length: 8 }, (_, i) => attach(person, accounts[i % 2]));
    const answers = await Promise.all(all);

    expect(answers.map(({ status }) => status)).toEqual(Array(8).fill(200));
    expect((await find(person)).companies.total_count).toBe(2);
  });

  it('never belongs to a company that is deleted meanwhile', async () => {
    const [person, id] = [await contact(), await company()];
    const deleted = await api.store.database.transaction(async (tx) => {
      const [locked] = await api.app.get(ContactRepository).lock([person], tx);
      await api.app.get(CompanyRepository).hold({ workspaceId: api.workspaceId, id }, tx);
      const deleting = api.send('delete', `/companies/${id}`).then((answer) => answer);
      await waitFor(async () => (await isBlocked()) || (await companyIsGone(id)));
      if (locked) await api.app.get(CompanyLinkRepository).attach(locked, id, tx);
      return { deleting };
    });

    expect((await deleted.deleting).status).toBe(200);
    expect((await find(person)).companies.total_count).toBe(0);
    expect((await attach(person, id)).status).toBe(404);
  });

  it(`belongs to at most ${MAX_COMPANIES_OF_CONTACT} companies`, async () => {
    const person = await contact();
    await belongTo(person, MAX_COMPANIES_OF_CONTACT - 1);
    const [last, tooMuch] = [await company(), await company()];
    expect((await attach(person, last)).status).toBe(200);
    const refused = await attach(person, tooMuch);

    expect(refused.status).toBe(400);
    expect(refused.body.errors).toMatchObject([{ code: 'contact_company_limit_exceeded' }]);
    expect((await attach(person, last)).status).toBe(200);
    expect((await list(person, '?per_page=1')).body.total_count).toBe(MAX_COMPANIES_OF_CONTACT);
    await detach(person, last);
    expect((await attach(person, tooMuch)).status).toBe(200);
  });

  it('does not pass the limit by two calls at once', async () => {
    const person = await contact();
    await belongTo(person, MAX_COMPANIES_OF_CONTACT - 1);
    const accounts = [await company(), await company(), await company()];
    const answers = await Promise.all(accounts.map((id) => attach(person, id)));

    expect(answers.map(({ status }) => status).sort()).toEqual([200, 400, 400]);
  });
});

describe('to attach', () => {
  it('takes a company that is named, and is there', async () => {
    const person = await contact();
    const unnamed = await attach(person, undefined);
    const absent = [await attach(person, NOTHING), await attach(person, 'x'), await detach(person, NOTHING)];

    expect(unnamed.status).toBe(400);
    expect(unnamed.body.errors).toMatchObject([
      { code: 'parameter_not_found', message: 'company not specified' },
    ]);
    expect(absent.map(({ status }) => status)).toEqual([404, 404, 404]);
    expect(absent.map(({ body }) => body.errors[0].code)).toEqual(Array(3).fill('company_not_found'));
  });

  it('takes a contact that is there', async () => {
    const account = await company();
    const answers = [await attach(NOTHING, account), await detach('x', account), await list(NOTHING)];

    expect(answers.map(({ body }) => body.errors[0].code)).toEqual(Array(3).fill('not_found'));
  });
});

describe('companies that come with a contact', () => {
  it('are written and attached, or detached, in the transaction of the contact', async () => {
    const person = await contact();
    const inline = (companyId: string, name: string, remove = false): InlineCompany => ({
      companyId,
      attributes: { name },
      customAttributes: { plan: 1 },
      remove,
    });
    await attachAll(person, [inline('inline b', 'B'), inline('inline a', 'A')]);
    const both = await list(person);
    await attachAll(person, [inline('inline b', 'ignored', true), inline('never made', 'x', true)]);

    expect(both.body.data).toMatchObject([
      { company_id: 'inline a', name: 'A', custom_attributes: { plan: 1 } },
      { company_id: 'inline b', name: 'B' },
    ]);
    expect((await list(person)).body.data).toMatchObject([{ company_id: 'inline a' }]);
    expect((await api.send('get', '/companies?company_id=inline%20b')).body.name).toBe('B');
    expect((await api.send('get', '/companies?company_id=never%20made')).status).toBe(404);
    expect(await told(person)).toHaveLength(3);
  });

  it('do not block each other, whatever their order', async () => {
    const names = ['knot a', 'knot b', 'knot c', 'knot d'];
    const inline = names.map((companyId) => ({ companyId, attributes: {}, customAttributes: {} }));
    const people = await Promise.all(Array.from({ length: 6 }, contact));
    await Promise.all(people.map((person, i) => attachAll(person, i % 2 ? inline : inline.toReversed())));

    for (const person of people) expect((await find(person)).companies.total_count).toBe(4);
    const { body } = await api.send('get', '/companies?company_id=knot%20a');
    expect(body.user_count).toBe(people.length);
  });

  it('are not written when one too many comes', async () => {
    const person = await contact();
    await belongTo(person, MAX_COMPANIES_OF_CONTACT);
    const tooMuch = { companyId: 'one too many', attributes: {}, customAttributes: {} };

    await expect(attachAll(person, [tooMuch])).rejects.toMatchObject({
      code: 'contact_company_limit_exceeded',
    });
    expect((await api.send('get', '/companies?company_id=one%20too%20many')).status).toBe(404);
  });
});

function attachAll(contactId: string, inline: readonly InlineCompany[]): Promise<string[]> {
  return api.app
    .get(ContactService, { strict: false })
    .change(api.workspaceId, contactId, (person: Contact, tx) =>
      api.app.get(ContactCompanies, { strict: false }).attachAll(person, inline, tx),
    );
}

/** Whether a delete waits for a lock in this database. */
async function isBlocked(): Promise<boolean> {
  const rows = await api.store.database.query(
    `SELECT FROM pg_stat_activity WHERE datname = current_database() AND wait_event_type = 'Lock'
     AND query LIKE 'DELETE FROM company %'`,
  );
  return rows.length > 0;
}

async function companyIsGone(id: string): Promise<boolean> {
  return (await api.store.database.query('SELECT FROM company WHERE id = $1', [bytes(id)])).length === 0;
}

/** Makes the contact belong to so many companies that need not be there. */
async function belongTo(contactId: string, count: number): Promise<void> {
  await api.store.database.query(
    `INSERT INTO contact_company (lane, contact_id, company_id, workspace_id, attached_at)
     SELECT get_byte($1::bytea, 11), $1, decode(lpad(to_hex(n), 24, '0'), 'hex'), $2, now()
     FROM generate_series(1, $3::int) n`,
    [bytes(contactId), api.workspaceId, count],
  );
}
