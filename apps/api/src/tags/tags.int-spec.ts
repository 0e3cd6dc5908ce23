import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import type { IntercomClient } from 'intercom-client';
import { tagAnswer, tagList } from '#contracts';
import { ContactTagRepository, type Tag, TagRepository, type Transaction } from '#database';
import { testApi, type TestApi } from '../../../../test/support/api.js';
import { statusesOf } from '../../../../test/support/refusal.js';
import { otherWorkspace } from '../../../../test/support/other-workspace.js';
import { sdkOf } from '../../../../test/support/sdk.js';
import { deletionOf, whileUncommitted } from '../../../../test/support/while-uncommitted.js';

const NOBODY = '0123456789abcdef01234567';

let api: TestApi;
let sdk: IntercomClient;
let other: Awaited<ReturnType<typeof otherWorkspace>>;
let me: string;
beforeAll(async () => {
  api = await testApi();
  sdk = await sdkOf(api);
  other = await otherWorkspace(api);
  me = (await sdk.admins.identify())?.id ?? '';
});
afterAll(() => api.close());

let contact: string;
beforeEach(async () => {
  contact = (await sdk.contacts.create({ role: 'lead' })).id ?? '';
});

const post = (body: object) => api.send('post', '/tags').send(body);
const tagsOf = async (contactId: string) =>
  ((await sdk.contacts.listAttachedTags({ contact_id: contactId })).data ?? []).map(({ name }) => name);

describe('tags, as the SDK has them', () => {
  it('are made, listed by name, found and deleted', async () => {
    const beta = await sdk.tags.create({ name: ' Beta ' });
    const alpha = await sdk.tags.create({ name: 'Alpha' });

    expect(tagAnswer.parse(beta)).toEqual({ type: 'tag', id: expect.stringMatching(/^\d+$/), name: 'Beta' });
    expect(tagList.parse(await sdk.tags.list())).toEqual({ type: 'list', data: [alpha, beta] });
    expect(await sdk.tags.find({ tag_id: beta.id })).toEqual(beta);
    await sdk.tags.delete({ tag_id: alpha.id });
    await sdk.tags.delete({ tag_id: beta.id });
    expect((await sdk.tags.list()).data).toEqual([]);
  });

  it('have one name, whatever the case, and a new one when it is given', async () => {
    const tag = await sdk.tags.create({ name: 'Éclair' });

    expect(await sdk.tags.create({ name: 'éCLAIR' })).toEqual(tag);
    expect(await sdk.tags.create({ id: tag.id, name: 'ÉCLAIR' })).toEqual({ ...tag, name: 'ÉCLAIR' });
    expect(await sdk.tags.create({ id: tag.id, name: 'Cake' })).toEqual({ ...tag, name: 'Cake' });
    await sdk.tags.create({ name: 'Taken' });
    expect((await post({ id: tag.id, name: 'taken' })).body.errors).toMatchObject([
      { code: 'conflict', field: 'name' },
    ]);
    expect((await sdk.tags.find({ tag_id: tag.id })).name).toBe('Cake');
  });

  it('are put on a contact and taken off it', async () => {
    const { id } = await sdk.tags.create({ name: 'VIP' });
    const tag = { type: 'tag', id, name: 'VIP' };
    const applied = { ...tag, applied_at: expect.any(Number), applied_by: { type: 'admin', id: me } };
    const tagged = await sdk.tags.tagContact({ contact_id: contact, id });

    expect(tagged).toEqual(applied);
    expect(Math.abs((tagged.applied_at ?? 0) - api.clock.now())).toBeLessThan(5);
    expect(await sdk.contacts.listAttachedTags({ contact_id: contact })).toEqual({
      type: 'list',
      data: [tagged],
    });
    api.clock.advance(60);
    expect(await sdk.tags.tagContact({ contact_id: contact, id })).toEqual(tagged);
    expect(await sdk.tags.untagContact({ contact_id: contact, tag_id: id })).toEqual(tag);
    expect(await sdk.tags.untagContact({ contact_id: contact, tag_id: id })).toEqual(tag);
    expect(await tagsOf(contact)).toEqual([]);
  });

  it('are put on users by each way to name them, and on companies by both', async () => {
    await sdk.contacts.update({ contact_id: contact, role: 'user', external_id: 'tagged' });
    const byMail = (await sdk.contacts.create({ email: 'tagged@example.com' })).id ?? '';
    const users = [{ id: contact }, { user_id: 'tagged' }, { email: 'Tagged@example.com' }];
    const [acme, umbrella] = [await aCompany('acme'), await aCompany('umbrella')];
    await post({ name: 'Named', users }).expect(200);
    await sdk.tags.create({ name: 'named', companies: [{ id: acme }, { company_id: 'umbrella' }] });

    expect([await tagsOf(contact), await tagsOf(byMail)]).toEqual([['Named'], ['Named']]);
    expect(await companiesWith('Named')).toEqual([acme, umbrella]);
    await sdk.tags.create({ name: 'Named', companies: [{ company_id: 'acme', untag: true }] });
    await post({ name: 'Named', users: [{ id: contact, untag: true }, { id: byMail }] }).expect(200);
    expect([await tagsOf(contact), await tagsOf(byMail)]).toEqual([[], ['Named']]);
    expect(await companiesWith('Named')).toEqual([umbrella]);
    await post({ name: 'Named', companies: [{ id: umbrella }], untag: true }).expect(200);
    expect(await companiesWith('Named')).toEqual([]);
  });
});

describe('a contact', () => {
  it('shows the first ten of its tags, and says how many there are', async () => {
    const ids: string[] = [];
    for (let n = 1; n <= 11; n++) {
      const { id } = await sdk.tags.create({ name: `shown ${n}`, users: [{ id: contact }] });
      ids.push(id);
      api.clock.advance(1);
      if (n < 10) continue;
      const { tags } = await sdk.contacts.find({ contact_id: contact });
      expect(tags).toEqual({
        type: 'list',
        data: ids.slice(0, 10).map((id) => ({ type: 'tag', id, url: `/tags/${id}` })),
        url: `/contacts/${contact}/tags`,
        total_count: n,
        has_more: n === 11,
      });
    }
  });
});

describe('one call', () => {
  it('makes no second tag of a name that another is just making', async () => {
    let made: Tag | undefined;
    const make = async (tx: Transaction) => {
      const name = { workspaceId: api.workspaceId, name: 'Only one' };
      made = await api.app.get(TagRepository).ensure(name, 0, tx);
    };
    const answers = await whileUncommitted(api.store, make, () =>
      Promise.all(['ONLY ONE', 'only one', 'Only One'].map((name) => sdk.tags.create({ name }))),
    );

    expect(answers).toEqual(
      Array.from(answers, () => ({ type: 'tag', id: `${made?.id}`, name: 'Only one' })),
    );
  });

  it('tags all, or none and makes no tag', async () => {
    const users = await post({ name: 'none of them', users: [{ id: contact }, { user_id: 'nobody' }] });
    const ids = await post({ name: 'none of them', users: [{ id: contact }, { id: 'nobody' }] });
    const company = await aCompany('lonely');
    const companies = [{ id: company }, { company_id: 'nobody' }];
    const refused = await post({ name: 'none of them', companies });

    expect([users.status, ids.status, refused.status]).toEqual([404, 404, 404]);
    expect(users.body.errors).toMatchObject([{ code: 'not_found', field: 'users.1' }]);
    expect(ids.body.errors).toMatchObject([{ code: 'not_found', field: 'users.1' }]);
    expect(refused.body.errors).toMatchObject([{ code: 'company_not_found', field: 'companies.1' }]);
    expect(await tagsOf(contact)).toEqual([]);
    expect((await sdk.tags.list()).data?.map(({ name }) => name)).not.toContain('none of them');
  });

  it('untags by a name that is known only', async () => {
    const refused = await post({ name: 'never made', users: [{ id: contact }], untag: true });

    expect(refused.body.errors).toMatchObject([{ code: 'not_found', field: 'name' }]);
  });

  it('takes up to 100 of them', async () => {
    const hundred = Array.from({ length: 100 }, () => ({ id: contact }));
    const tooMany = await post({ name: 'many', users: [...hundred, { id: contact }] });

    expect((await post({ name: 'many', users: hundred })).status).toBe(200);
    expect(tooMany.body.errors).toMatchObject([{ code: 'parameter_invalid', field: 'users' }]);
  });

  it.each<[string, object, string]>([
    ['without a name', {}, 'name'],
    ['with a blank name', { name: '  ' }, 'name'],
    ['with a name of 256 characters', { name: 'x'.repeat(256) }, 'name'],
    ['with nobody', { name: 'x', users: [] }, 'users'],
    ['with a user without a name', { name: 'x', users: [{}] }, 'users.0.user_id'],
    ['with a company without a name', { name: 'x', companies: [{}] }, 'companies.0.company_id'],
    ['with two shapes', { name: 'x', id: '1', users: [{ id: NOBODY }] }, 'users'],
    ['that untags nothing', { name: 'x', untag: true }, 'untag'],
    ['with an unknown key', { name: 'x', contacts: [] }, 'contacts'],
  ])('%s is refused by name', async (_, body, field) => {
    const answer = await post(body);

    expect(answer.status).toBe(400);
    expect(answer.body.errors).toMatchObject([{ field }]);
  });

  it('takes a name of 255 characters', async () => {
    expect((await post({ name: 'x'.repeat(255) })).status).toBe(200);
  });
});

describe('what is not there', () => {
  it.each(['2147483647', '99999999999999999999', '0', 'x'])('is not found: tag %s', async (id) => {
    const path = `/tags/${id}`;
    const onContact = `/contacts/${contact}/tags`;
    const answers = [
      await api.send('get', path),
      await api.send('delete', path),
      await post({ id, name: 'x' }),
      await api.send('post', onContact).send({ id }),
      await api.send('delete', `${onContact}/${id}`),
    ];

    expect(answers.map(({ status }) => status)).toEqual([404, 404, 404, 404, 404]);
    for (const { body } of answers) expect(body.errors[0].message).toMatch(/^Resource Not Found/);
  });

  it.each([NOBODY, 'nobody'])('is not found: contact %s', async (contactId) => {
    const { id } = await sdk.tags.create({ name: 'VIP' });
    const path = `/contacts/${contactId}/tags`;
    const answers = [
      await api.send('get', path),
      await api.send('post', path).send({ id }),
      await api.send('delete', `${path}/${id}`),
    ];

    expect(answers.map(({ status }) => status)).toEqual([404, 404, 404]);
    for (const { body } of answers) expect(body.errors[0].message).toBe('User Not Found');
  });

  it('is not found: what another workspace has', async () => {
    const theirs = await other.sdk.tags.create({ name: 'VIP' });
    const mine = await sdk.tags.create({ name: 'VIP' });
    const them = (await other.sdk.contacts.create({ role: 'lead' })).id ?? '';
    await other.sdk.tags.tagContact({ contact_id: them, id: theirs.id });
    const refused = await statusesOf([
      sdk.tags.find({ tag_id: theirs.id }),
      sdk.tags.delete({ tag_id: theirs.id }),
      sdk.tags.create({ id: theirs.id, name: 'mine now' }),
      sdk.tags.tagContact({ contact_id: contact, id: theirs.id }),
      sdk.tags.tagContact({ contact_id: them, id: mine.id }),
      sdk.tags.untagContact({ contact_id: them, tag_id: theirs.id }),
      sdk.contacts.listAttachedTags({ contact_id: them }),
    ]);

    expect(mine.id).not.toBe(theirs.id);
    expect(refused).toEqual([404, 404, 404, 404, 404, 404, 404]);
    const still = await other.sdk.contacts.listAttachedTags({ contact_id: them });
    expect(still.data).toMatchObject([{ id: theirs.id, name: 'VIP' }]);
  });
});

describe('a tag that is deleted', () => {
  it('is off everything', async () => {
    const company = await aCompany('tagged-then-not');
    const { id } = await sdk.tags.create({ name: 'gone', users: [{ id: contact }] });
    await sdk.tags.create({ name: 'gone', companies: [{ id: company }] });
    await sdk.tags.delete({ tag_id: id });

    expect((await sdk.contacts.find({ contact_id: contact })).tags).toMatchObject({ total_count: 0 });
    expect(await companiesWith('gone')).toEqual([]);
    const again = await sdk.tags.create({ name: 'gone' });
    expect(await tagsOf(contact)).toEqual([]);
    expect(again.id).not.toBe(id);
  });

  it.each<[string, (id: string) => unknown]>([
    ['as text', (id) => id],
    ['as a number', Number],
    ['in a list', (id) => ['7', id]],
  ])('may not be one that a segment asks for %s', async (how, value) => {
    const { id } = await sdk.tags.create({ name: `asked for ${how}` });
    const { id: another } = await sdk.tags.create({ name: `not asked for ${how}` });
    const segment = await aSegment(`Asks ${how}`, { field: 'tag_id', operator: '=', value: value(id) });
    const refused = await api.send('delete', `/tags/${id}`);

    expect(refused.status).toBe(400);
    expect(refused.body.errors).toMatchObject([{ code: 'tag_has_dependent_objects' }]);
    expect(refused.body.errors[0].message).toMatch(new RegExp(`Segments: Asks ${how}$`));
    await sdk.tags.delete({ tag_id: another });
    await api.send('delete', `/segments/${segment}`).expect(200);
    await sdk.tags.delete({ tag_id: id });
  });
});

describe('a tag that is deleted meanwhile', () => {
  it('is not found', async () => {
    const { id } = await sdk.tags.create({ name: 'short-lived' });
    const tag = async () => api.send('post', `/contacts/${contact}/tags`).send({ id });
    const answer = await whileUncommitted(api.store, deletionOfTag(id), tag);

    expect(answer.body.errors[0].message).toBe(`Resource Not Found: there is no tag with the id ${id}`);
    expect(await taggedWith(id)).toEqual([]);
  });

  it('is made anew by its name', async () => {
    const { id } = await sdk.tags.create({ name: 'reborn' });
    const tag = () => sdk.tags.create({ name: 'reborn', users: [{ id: contact }] });
    const reborn = await whileUncommitted(api.store, deletionOfTag(id), tag);

    expect(reborn.id).not.toBe(id);
    expect(await tagsOf(contact)).toEqual(['reborn']);
  });

  it('is off whoever was just getting it', async () => {
    const { id } = await sdk.tags.create({ name: 'just in time' });
    const tagging = { workspaceId: api.workspaceId, tagId: Number(id), by: Number(me), at: 0 };
    await whileUncommitted(
      api.store,
      (tx) => api.app.get(ContactTagRepository).apply(tagging, [contact], tx),
      async () => sdk.tags.delete({ tag_id: id }),
    );

    expect(await taggedWith(id)).toEqual([]);
  });
});

describe('a company that is deleted meanwhile', () => {
  it('is not found, and gets no tag', async () => {
    const company = await aCompany('short-lived');
    const answer = await whileUncommitted(
      api.store,
      (tx) => tx.query(`DELETE FROM company WHERE id = decode($1, 'hex')`, [company]),
      async () => post({ name: 'too late for it', companies: [{ id: company }] }),
    );

    expect(answer.body.errors).toMatchObject([{ code: 'company_not_found', field: 'companies.0' }]);
    expect(await companiesWith('too late for it')).toEqual([]);
  });
});

describe('a contact that is deleted meanwhile', () => {
  it('is not found, and gets no tag', async () => {
    const { id } = await sdk.tags.create({ name: 'too late' });
    const tag = async () => api.send('post', `/contacts/${contact}/tags`).send({ id });
    const answer = await whileUncommitted(api.store, deletionOf(contact), tag);

    expect(answer.body.errors).toMatchObject([{ code: 'not_found', message: 'User Not Found' }]);
    expect(await taggedWith(id)).toEqual([]);
  });

  it('keeps the others from being tagged with it', async () => {
    const { id: alive = '' } = await sdk.contacts.create({ role: 'lead' });
    const { id } = await sdk.tags.create({ name: 'all or none' });
    const tag = async () => post({ name: 'all or none', users: [{ id: alive }, { id: contact }] });
    const answer = await whileUncommitted(api.store, deletionOf(contact), tag);

    expect(answer.body.errors).toMatchObject([{ code: 'not_found', field: 'users' }]);
    expect(await taggedWith(id)).toEqual([]);
  });
});

const deletionOfTag = (id: string) => (tx: Transaction) => tx.query('DELETE FROM tag WHERE id = $1', [id]);

const taggedWith = (id: string) =>
  api.store.database.query('SELECT contact_id FROM contact_tag WHERE tag_id = $1', [id]);

async function companiesWith(name: string): Promise<unknown[]> {
  const rows = await api.store.database.query(
    `SELECT company_id FROM company_tag JOIN tag ON tag.id = company_tag.tag_id WHERE lower(name) = lower($1)
     ORDER BY company_id`,
    [name],
  );
  return rows.map((row) => row['company_id']);
}

let companies = 0;
async function aCompany(companyId: string): Promise<string> {
  const id = (companies++).toString(16).padStart(24, '0');
  await api.store.database.query(
    `INSERT INTO company (id, workspace_id, company_id, created_at, updated_at)
     VALUES (decode($1, 'hex'), $2, $3, now(), now())`,
    [id, api.workspaceId, companyId],
  );
  return id;
}

/** The filter language does not know tags yet: such a filter can only have been stored. */
async function aSegment(name: string, node: object): Promise<string> {
  const filter = { field: 'email', operator: 'has_any_value' };
  const { body } = await api.send('post', '/segments').send({ name, filter });
  const stored = { operator: 'AND', value: [filter, { operator: 'NOT', value: [node] }] };
  await api.store.database.query(`UPDATE segment SET filter = $1 WHERE id = decode($2, 'hex')`, [
    JSON.stringify(stored),
    body.id,
  ]);
  return body.id;
}
