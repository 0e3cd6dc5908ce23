import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { IntercomClient, IntercomError } from 'intercom-client';
import { contactAnswer } from '#contracts';
import { testApi, type TestApi } from '../../../../test/support/api.js';
import { sdkOf } from '../../../../test/support/sdk.js';

let api: TestApi;
let sdk: IntercomClient;
beforeAll(async () => {
  api = await testApi();
  sdk = await sdkOf(api);
});
afterAll(() => api.close());

const post = (body: object) => api.send('post', '/contacts').send(body);

describe('a contact', () => {
  it('that is created is answered in the shape of its contract', async () => {
    const body = {
      external_id: 'u1',
      email: 'Ann@Example.com',
      name: 'Ann',
      custom_attributes: { plan: 'pro' },
    };
    const answer = await post(body);

    expect(answer.status).toBe(200);
    expect(contactAnswer.parse(answer.body)).toMatchObject({
      workspace_id: 'demo',
      role: 'user',
      external_id: 'u1',
      email: 'ann@example.com',
      email_domain: 'example.com',
      custom_attributes: { plan: 'pro' },
    });
  });

  it('is found by its id and by its external id, whatever that holds', async () => {
    const externalId = 'a/b ?ü%';
    const { body } = await post({ external_id: externalId });
    const byId = await api.send('get', `/contacts/${body.id}`);
    const byName = await api.send('get', `/contacts/find_by_external_id/${encodeURIComponent(externalId)}`);

    expect(byId.body).toEqual(body);
    expect(byName.body).toEqual(body);
  });

  it('may be a lead, who shares an address, becomes a user, and is none again', async () => {
    const { body: lead } = await post({ role: 'lead', email: 'shared@example.com' });
    const { body: other } = await post({ role: 'lead', email: 'shared@example.com' });
    expect([lead.role, other.role]).toEqual(['lead', 'lead']);
    const put = (body: object) => api.send('put', `/contacts/${lead.id}`).send(body);
    expect((await put({ external_id: 'a-name' })).body.errors).toMatchObject([{ field: 'external_id' }]);
    const converted = await put({ role: 'user', external_id: 'once-a-lead' });
    expect(converted.body).toMatchObject({ id: lead.id, role: 'user', external_id: 'once-a-lead' });
    expect((await put({ role: 'lead', external_id: null })).body.errors).toMatchObject([{ field: 'role' }]);
    expect((await post({ email: 'shared@example.com' })).body.errors).toMatchObject([
      { code: 'conflict', contact_id: lead.id },
    ]);
  });

  it('keeps what an update leaves out, and loses what it clears', async () => {
    const { body } = await post({
      external_id: 'u2',
      name: 'Bob',
      phone: '1',
      custom_attributes: { a: 1, b: 2 },
    });
    const answer = await api
      .send('put', `/contacts/${body.id}`)
      .send({ phone: null, custom_attributes: { b: null, c: 3 } });

    expect(answer.body).toMatchObject({ name: 'Bob', phone: null, custom_attributes: { a: 1, c: 3 } });
    expect(answer.body.custom_attributes).not.toHaveProperty('b');
  });

  it('takes its avatar as it answers it, and what is said of its e-mail', async () => {
    const avatar = { type: 'avatar', image_url: 'https://example.com/a.png' };
    const { body } = await post({ email: 'avatar@example.com', email_verified: true, avatar });

    expect(body.avatar).toEqual(avatar);
    expect(body).not.toHaveProperty('email_verified');
    expect((await post({ external_id: 'u6', email_verified: true })).status).toBe(400);
  });

  it.each(['browser', 'last_replied_at', 'location.country', 'utm_source', 'web_sessions', 'ios_sessions'])(
    'is not told its %s, which Muster keeps itself',
    async (field) => {
      const answer = await post({ role: 'lead', [field]: 1 });

      expect([answer.status, answer.body.errors[0].field]).toEqual([400, field]);
    },
  );

  it('survives an update without a body', async () => {
    const { body } = await post({ external_id: 'u3', name: 'Cy' });
    const answer = await api.send('put', `/contacts/${body.id}`);

    expect(answer.status).toBe(200);
    expect(answer.body.name).toBe('Cy');
  });

  it('that exists already is named by the conflict', async () => {
    const { body } = await post({ external_id: 'u4' });
    const answer = await post({ external_id: 'u4' });

    expect(answer.status).toBe(409);
    expect(answer.body.errors[0]).toMatchObject({ code: 'conflict', contact_id: body.id });
    expect(answer.body.errors[0].message).toMatch(new RegExp(`id=${body.id}$`));
  });

  it.each(['/contacts/0123456789abcdef01234567', '/contacts/nobody', '/contacts/find_by_external_id/nobody'])(
    'that is not there is not found: %s',
    async (path) => {
      const answer = await api.send('get', path);

      expect(answer.status).toBe(404);
      expect(answer.body.errors[0].code).toBe('not_found');
    },
  );

  it('of which anything is wrong is not written at all', async () => {
    const answer = await post({ external_id: 'u5', name: 'Eve', custom_attributes: { a: [] } });
    const found = await api.send('get', '/contacts/find_by_external_id/u5');

    expect(answer.body.errors[0]).toMatchObject({ code: 'parameter_invalid', field: 'custom_attributes.a' });
    expect([answer.status, found.status]).toEqual([400, 404]);
  });
});

describe('the official SDK', () => {
  it('creates, updates and finds a contact', async () => {
    const created = await sdk.contacts.create({
      external_id: 'sdk-1',
      name: 'Ann',
      avatar: 'https://example.com/a.png',
      signed_up_at: 1_700_000_000,
      owner_id: Number((await sdk.admins.identify())?.id),
      unsubscribed_from_emails: true,
      custom_attributes: { plan: 'free' },
    });
    const updated = await sdk.contacts.update({
      contact_id: created.id ?? '',
      email: 'one@example.com',
      custom_attributes: { plan: 'pro' },
    });

    expect(updated).toMatchObject({
      name: 'Ann',
      email: 'one@example.com',
      custom_attributes: { plan: 'pro' },
    });
    expect(await sdk.contacts.find({ contact_id: created.id ?? '' })).toEqual(updated);
    expect(await sdk.contacts.showContactByExternalId({ external_id: 'sdk-1' })).toEqual(updated);
  });

  it('sends an event by each way to name the contact', async () => {
    const { id = '' } = await sdk.contacts.create({ external_id: 'sdk-2' });
    await sdk.contacts.update({ contact_id: id, email: 'two@example.com' });
    const event = { event_name: 'Order.Placed', created_at: 1_700_000_000, metadata: { sum: '3' } };
    await sdk.events.create({ ...event, id });
    await sdk.events.create({ ...event, user_id: 'sdk-2' });
    await sdk.events.create({ ...event, email: 'two@example.com' });

    const rows = await api.store.database.query(`SELECT payload FROM inbox WHERE kind = 'event' ORDER BY id`);
    expect(rows).toHaveLength(3);
    expect(rows[0]).toMatchObject({ payload: { name: 'order-placed', createdAt: 1_700_000_000 } });
  });

  it('reads our errors', async () => {
    const refused = sdk.events.create({ user_id: 'nobody', event_name: 'x', created_at: 1_700_000_000 });

    await expect(refused).rejects.toBeInstanceOf(IntercomError);
    await expect(refused).rejects.toMatchObject({ statusCode: 404 });
  });
});
