import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import type { IntercomClient } from 'intercom-client';
import { subscriptionTypeAnswer, subscriptionTypeList } from '#contracts';
import { testApi, type TestApi } from '../../../../test/support/api.js';
import { statusesOf } from '../../../../test/support/refusal.js';
import { otherWorkspace } from '../../../../test/support/other-workspace.js';
import { sdkOf } from '../../../../test/support/sdk.js';
import { deletionOf, whileUncommitted } from '../../../../test/support/while-uncommitted.js';

const NOBODY = '0123456789abcdef01234567';

let api: TestApi;
let sdk: IntercomClient;
let other: Awaited<ReturnType<typeof otherWorkspace>>;
beforeAll(async () => {
  api = await testApi();
  sdk = await sdkOf(api);
  other = await otherWorkspace(api);
});
afterAll(() => api.close());

let contact: string;
beforeEach(async () => {
  contact = (await sdk.contacts.create({ role: 'lead' })).id ?? '';
});

const post = (body: object) => api.send('post', '/subscription_types').send(body);
const create = async (body: object = {}) =>
  subscriptionTypeAnswer.parse((await post({ name: 'News', consent_type: 'opt_out', ...body })).body);

describe('a subscription type', () => {
  it('is answered in the shape that the SDK lists', async () => {
    const type = await create({ description: 'Once a month', content_types: ['sms_message', 'email'] });

    expect(type).toEqual({
      type: 'subscription',
      id: expect.stringMatching(/^\d+$/),
      state: 'live',
      default_translation: { name: 'News', description: 'Once a month', locale: 'en' },
      translations: [{ name: 'News', description: 'Once a month', locale: 'en' }],
      consent_type: 'opt_out',
      content_types: ['sms_message', 'email'],
    });
    expect(subscriptionTypeList.parse(await sdk.subscriptionTypes.list()).data).toContainEqual(type);
    expect((await other.sdk.subscriptionTypes.list()).data).toEqual([]);
  });

  it('changes only what is given', async () => {
    const type = await create({ description: 'Once a month' });
    const put = (body: object) => api.send('put', `/subscription_types/${type.id}`).send(body);

    expect((await put({})).body).toEqual(type);
    expect((await put({ consent_type: 'opt_in', state: 'archived' })).body).toEqual({
      ...type,
      consent_type: 'opt_in',
      state: 'archived',
    });
    expect((await put({ name: 'Offers', content_types: ['email', 'email'] })).body).toMatchObject({
      default_translation: { name: 'Offers', description: 'Once a month' },
      content_types: ['email'],
      consent_type: 'opt_in',
    });
  });

  it.each<[string, object, string]>([
    ['without a name', { name: undefined }, 'name'],
    ['with a name of 256 characters', { name: 'x'.repeat(256) }, 'name'],
    ['with a description of 1,001 characters', { description: 'x'.repeat(1_001) }, 'description'],
    ['without a consent type', { consent_type: undefined }, 'consent_type'],
    ['with an unknown consent type', { consent_type: 'maybe' }, 'consent_type'],
    ['with an unknown state', { state: 'dead' }, 'state'],
    ['without a content type', { content_types: [] }, 'content_types'],
    ['with an unknown content type', { content_types: ['fax'] }, 'content_types.0'],
    ['with an unknown key', { locale: 'en' }, 'locale'],
  ])('%s is refused by name', async (_, body, field) => {
    const answer = await post({ name: 'News', consent_type: 'opt_out', ...body });

    expect(answer.status).toBe(400);
    expect(answer.body.errors).toMatchObject([{ field }]);
  });

  it('takes a name of 255 and a description of 1,000 characters', async () => {
    await create({ name: 'x'.repeat(255), description: 'x'.repeat(1_000) });
  });
});

describe('what a contact decides', () => {
  const attach = (id: string, consent_type: string) =>
    sdk.contacts.attachSubscription({ contact_id: contact, id, consent_type });
  const listed = async () =>
    subscriptionTypeList.parse(await sdk.contacts.listAttachedSubscriptions({ contact_id: contact })).data;

  it('is listed once it has decided, and shown by the contact', async () => {
    const [news, offers] = [await create(), await create({ name: 'Offers', consent_type: 'opt_in' })];
    await create({ name: 'Undecided' });
    expect(await listed()).toEqual([]);
    expect(await attach(news.id, 'opt_out')).toEqual(news);
    api.clock.advance(1);
    expect(await attach(offers.id, 'opt_in')).toEqual(offers);

    expect(await listed()).toEqual([news, offers]);
    expect(await sdk.contacts.find({ contact_id: contact })).toMatchObject({
      opted_out_subscription_types: {
        data: [{ type: 'subscription', id: news.id, url: `/subscription_types/${news.id}` }],
        url: `/contacts/${contact}/subscriptions`,
        total_count: 1,
        has_more: false,
      },
      opted_in_subscription_types: { data: [{ type: 'subscription', id: offers.id }], total_count: 1 },
    });
  });

  it('may be decided again, and forgotten', async () => {
    const type = await create();
    await attach(type.id, 'opt_out');

    expect(await attach(type.id, 'opt_in')).toEqual({ ...type, consent_type: 'opt_in' });
    expect(await listed()).toEqual([{ ...type, consent_type: 'opt_in' }]);
    const detached = { contact_id: contact, subscription_id: type.id };
    expect(await sdk.contacts.detachSubscription(detached)).toEqual(type);
    expect(await sdk.contacts.detachSubscription(detached)).toEqual(type);
    expect(await listed()).toEqual([]);
  });

  it.each(['2147483647', '99999999999999999999', '0', 'invalid_id'])(
    'is not about a type that is not there: %s',
    async (id) => {
      const path = `/contacts/${contact}/subscriptions`;
      const answers = [
        await api.send('post', path).send({ id, consent_type: 'opt_in' }),
        await api.send('delete', `${path}/${id}`),
        await api.send('put', `/subscription_types/${id}`).send({ name: 'x' }),
      ];

      expect(answers.map(({ status }) => status)).toEqual([404, 404, 404]);
      for (const { body } of answers) expect(body.errors[0].message).toMatch(/^Resource Not Found/);
    },
  );

  it.each([NOBODY, 'nobody'])('is not decided by nobody: %s', async (id) => {
    const type = await create();
    const path = `/contacts/${id}/subscriptions`;
    const answers = [
      await api.send('get', path),
      await api.send('post', path).send({ id: type.id, consent_type: 'opt_in' }),
      await api.send('delete', `${path}/${type.id}`),
    ];

    expect(answers.map(({ status }) => status)).toEqual([404, 404, 404]);
    for (const { body } of answers) expect(body.errors[0].message).toBe('User Not Found');
  });

  it.each<[string, object, string]>([
    ['without a type', { consent_type: 'opt_in' }, 'id'],
    ['without a decision', { id: '1' }, 'consent_type'],
    ['of another kind', { id: '1', consent_type: 'yes' }, 'consent_type'],
  ])('%s is refused by name', async (_, body, field) => {
    const answer = await api.send('post', `/contacts/${contact}/subscriptions`).send(body);

    expect(answer.body.errors).toMatchObject([{ field }]);
  });

  it('stays in its workspace', async () => {
    const type = await create();
    const them = (await other.sdk.contacts.create({ role: 'lead' })).id ?? '';

    const refused = await statusesOf([
      sdk.contacts.attachSubscription({ contact_id: them, id: type.id, consent_type: 'opt_in' }),
      other.sdk.contacts.attachSubscription({ contact_id: them, id: type.id, consent_type: 'opt_in' }),
      other.sdk.contacts.detachSubscription({ contact_id: them, subscription_id: type.id }),
      sdk.contacts.listAttachedSubscriptions({ contact_id: them }),
    ]);

    expect(refused).toEqual([404, 404, 404, 404]);
  });

  it('is nothing once the contact is deleted meanwhile', async () => {
    const { id } = await create();
    const body = { id, consent_type: 'opt_in' };
    const attach = async () => api.send('post', `/contacts/${contact}/subscriptions`).send(body);
    const answer = await whileUncommitted(api.store, deletionOf(contact), attach);

    expect(answer.body.errors).toMatchObject([{ code: 'not_found', message: 'User Not Found' }]);
    const rows = await api.store.database.query(
      'SELECT FROM contact_subscription WHERE subscription_type_id = $1',
      [id],
    );
    expect(rows).toEqual([]);
  });
});
