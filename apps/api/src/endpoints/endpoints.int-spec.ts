import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { createdEndpoint, deliveryWithAttempts, endpointAnswer } from '#contracts';
import { bytes } from '#database';
import { formatSecret } from '#domain';
import { SecretBox } from '#platform';
import { testApi, type TestApi } from '../../../../test/support/api.js';

const NOTHING = '0123456789abcdef01234567';

let api: TestApi;
beforeAll(async () => {
  api = await testApi();
});
afterAll(() => api.close());

const create = (body: object = {}) =>
  api.send('post', '/endpoints').send({ url: 'https://example.com/hook', topics: ['segment.*'], ...body });

describe('an endpoint', () => {
  it('shows its secret once and keeps it sealed', async () => {
    const answer = await create({ description: 'CRM' });
    const created = createdEndpoint.parse(answer.body);
    const shown = await api.send('get', `/endpoints/${created.id}`);
    const [row] = await api.store.database.query<{ secret: string }>(
      'SELECT secret FROM endpoint WHERE id = $1',
      [bytes(created.id)],
    );

    expect(answer.status).toBe(200);
    expect(endpointAnswer.parse(shown.body)).toMatchObject({ description: 'CRM', state: 'enabled' });
    expect(shown.text).not.toContain('secret');
    expect(formatSecret(api.app.get(SecretBox).open(row?.secret ?? '', created.id))).toBe(created.secret);
  });

  it('changes only what is given, and can be switched off and on', async () => {
    const { body } = await create();
    const path = `/endpoints/${body.id}`;
    const changed = await api.send('put', path).send({ topics: ['*'], state: 'disabled' });

    expect(changed.body).toMatchObject({ url: body.url, topics: ['*'], state: 'disabled' });
    expect((await api.send('post', `${path}/ping`)).status).toBe(409);
    expect((await api.send('put', path).send({ state: 'enabled' })).body.state).toBe('enabled');
  });

  it('is gone once deleted', async () => {
    const { body } = await create();
    const deleted = await api.send('delete', `/endpoints/${body.id}`);
    const list = await api.send('get', '/endpoints');

    expect(deleted.body).toEqual({ type: 'endpoint', id: body.id, deleted: true });
    expect(list.body.data.map(({ id }: { id: string }) => id)).not.toContain(body.id);
    expect((await api.send('delete', `/endpoints/${body.id}`)).status).toBe(404);
  });

  it.each<[string, object, string]>([
    ['without a URL', { url: undefined }, 'url'],
    ['with a path for a URL', { url: '/hook' }, 'url'],
    ['of another protocol', { url: 'ftp://example.com' }, 'url'],
    ['with a password in its URL', { url: 'https://a:b@example.com' }, 'url'],
    ['with a URL over its limit', { url: `https://example.com/${'x'.repeat(2048)}` }, 'url'],
    ['without topics', { topics: undefined }, 'topics'],
    ['with no topic', { topics: [] }, 'topics'],
    ['with an unknown topic', { topics: ['segment.joined'] }, 'topics'],
    ['with a secret of its own', { secret: 'x' }, 'secret'],
  ])('%s is refused by name', async (_, overrides, field) => {
    const answer = await create(overrides);

    expect(answer.status).toBe(400);
    expect(answer.body.errors).toEqual([expect.objectContaining({ field })]);
  });

  it.each([
    ['get', `/endpoints/${NOTHING}`],
    ['put', `/endpoints/${NOTHING}`],
    ['post', `/endpoints/${NOTHING}/ping`],
    ['get', '/endpoints/nothing'],
  ] as const)('that is not there is not found: %s %s', async (method, path) => {
    expect((await api.send(method, path)).status).toBe(404);
  });
});

describe('deliveries', () => {
  it('begin with the ping of an endpoint', async () => {
    const { body } = await create();
    const pinged = await api.send('post', `/endpoints/${body.id}/ping`);
    const list = await api.send('get', `/deliveries?endpoint_id=${body.id}&topic=ping&state=pending`);
    const [delivery] = list.body.data;
    const answer = await api.send('get', `/deliveries/${delivery.id}`);

    expect([pinged.status, pinged.text]).toEqual([202, '']);
    expect(deliveryWithAttempts.parse(answer.body)).toMatchObject({
      endpoint_id: body.id,
      topic: 'ping',
      state: 'pending',
      attempt_count: 0,
      attempts: [],
    });
    expect(await sentBody(delivery.notification_id)).toEqual({
      type: 'ping',
      timestamp: expect.stringMatching(/^\d{4}-\d\d-\d\dT.*Z$/),
      data: { endpoint_id: body.id },
    });
  });

  it('begin with their notifications, or neither does', async () => {
    const { body } = await create();
    const before = await pings();
    await api.store.database.query('ALTER TABLE delivery ADD CONSTRAINT none CHECK (false) NOT VALID');
    const answer = await api.send('post', `/endpoints/${body.id}/ping`);
    await api.store.database.query('ALTER TABLE delivery DROP CONSTRAINT none');

    expect(answer.status).toBe(500);
    expect(await pings()).toBe(before);
  });

  it('are shown with their attempts, and retried', async () => {
    const id = await aPing();
    await api.store.database.query(
      `WITH dead AS (
         UPDATE delivery SET state = 'dead', next_at = NULL, attempts = 1, finished_at = now() WHERE id = $1
         RETURNING endpoint_id, id)
       INSERT INTO delivery_attempt SELECT endpoint_id, id, 1, to_timestamp(1700000000), 12, 500, NULL, 'oops' FROM dead`,
      [bytes(id)],
    );
    const shown = await api.send('get', `/deliveries/${id}`);
    const retried = await api.send('post', `/deliveries/${id}/retry`);

    expect(shown.body.attempts).toEqual([
      {
        type: 'attempt',
        number: 1,
        started_at: 1_700_000_000,
        duration_ms: 12,
        status_code: 500,
        error: null,
        response: 'oops',
      },
    ]);
    expect(retried.status).toBe(202);
    expect(retried.body).toMatchObject({ id, state: 'pending', finished_at: null });
  });

  it('come newest first, page by page', async () => {
    const ids = [await aPing(), await aPing(), await aPing()];
    const first = await api.send('get', '/deliveries?per_page=2');
    const next = first.body.pages.next.starting_after;
    const second = await api.send('get', `/deliveries?per_page=1&starting_after=${next}`);

    expect([...first.body.data, ...second.body.data].map(({ id }) => id)).toEqual(ids.reverse());
  });

  it.each([
    ['endpoint_id=x', 'endpoint_id'],
    ['state=lost', 'state'],
    ['topic=nothing', 'topic'],
    ['since=1', 'since'],
  ])('are not listed for ?%s', async (query, field) => {
    expect((await api.send('get', `/deliveries?${query}`)).body.errors).toEqual([
      expect.objectContaining({ field }),
    ]);
  });

  it.each([
    ['get', `/deliveries/${NOTHING}`],
    ['get', '/deliveries/nothing'],
    ['post', `/deliveries/${NOTHING}/retry`],
  ] as const)('that are not there are not found: %s %s', async (method, path) => {
    expect((await api.send(method, path)).status).toBe(404);
  });
});

/** The id of the delivery of a ping to a new endpoint. */
async function aPing(): Promise<string> {
  const { body } = await create();
  await api.send('post', `/endpoints/${body.id}/ping`);
  return (await api.send('get', `/deliveries?endpoint_id=${body.id}`)).body.data[0].id;
}

async function sentBody(notificationId: string): Promise<unknown> {
  const [row] = await api.store.database.query<{ body: string }>(
    'SELECT body FROM notification WHERE id = $1',
    [bytes(notificationId)],
  );
  return JSON.parse(row?.body ?? 'null');
}

/** How many pings there are to be sent, or were. */
const pings = async () =>
  (await api.store.database.query(`SELECT FROM notification WHERE topic = 'ping'`)).length;
