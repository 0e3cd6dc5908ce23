import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { bytes, DeliveryLogRepository, type EndpointRepository } from '#database';
import { SecretBox } from '#platform';
import { type TestDatabase, testDatabase } from '../../../../test/support/database.js';
import { Outbox, type TestEndpoint, testId } from '../../../../test/support/outbox.js';

const box = new SecretBox('a secret key for tests');

let test: TestDatabase;
let outbox: Outbox;
let endpoints: EndpointRepository;
let endpoint: TestEndpoint;

beforeAll(async () => {
  test = await testDatabase();
});
afterAll(() => test.drop());
beforeEach(async () => {
  outbox = await Outbox.create(test.database, box);
  endpoints = outbox.endpoints;
  endpoint = await outbox.endpoint('http://example.com/', ['segment.*', 'ping']);
});

const rulesVersion = async (): Promise<unknown> => {
  const [row] = await test.database.query('SELECT rules_version FROM workspace WHERE id = $1', [
    outbox.workspaceId,
  ]);
  return row?.['rules_version'];
};
const find = () => endpoints.find(outbox.workspaceId, endpoint.id);

describe('an endpoint', () => {
  it('is kept with its secret sealed', async () => {
    expect(await find()).toMatchObject({
      id: endpoint.id,
      url: 'http://example.com/',
      topics: ['segment.*', 'ping'],
      state: 'enabled',
      disabledReason: null,
      blockedUntil: null,
      deletedAt: null,
    });
    const { secret } = (await find()) ?? { secret: '' };
    expect(`whsec_${Buffer.from(box.open(secret, endpoint.id)).toString('base64')}`).toBe(endpoint.secret);
  });

  it('is of one workspace', async () => {
    expect(await endpoints.find(outbox.workspaceId + 1_000, endpoint.id)).toBeUndefined();
    expect(
      await endpoints.update(outbox.workspaceId + 1_000, endpoint.id, { url: 'http://b/' }, 1),
    ).toBeUndefined();
    expect(await endpoints.remove(outbox.workspaceId + 1_000, endpoint.id, 1)).toBe(false);
    expect(await find()).toMatchObject({ url: 'http://example.com/' });
  });

  it('is listed until it is removed; what it was still to get is dead then', async () => {
    const [made] = await outbox.deliver(endpoint);
    expect(await endpoints.list(outbox.workspaceId)).toHaveLength(1);
    expect(await endpoints.remove(outbox.workspaceId, endpoint.id, 1)).toBe(true);
    expect(await endpoints.list(outbox.workspaceId)).toEqual([]);
    expect(await find()).toBeUndefined();
    expect(await endpoints.remove(outbox.workspaceId, endpoint.id, 1)).toBe(false);
    const delivery = await new DeliveryLogRepository(test.database).find(outbox.workspaceId, made?.id ?? '');
    expect(delivery).toMatchObject({ state: 'dead', nextAt: null });
  });

  it('is removed while outcomes of its deliveries are written; those are dead a moment later', async () => {
    const [held, made] = await outbox.deliver(endpoint, endpoint);
    const states = async () => {
      const log = new DeliveryLogRepository(test.database);
      const found = await Promise.all([held, made].map((one) => log.find(outbox.workspaceId, one?.id ?? '')));
      return found.map((delivery) => delivery?.state);
    };
    await test.database.transaction(async (tx) => {
      await tx.query('SELECT FROM delivery WHERE id = $1 FOR UPDATE', [bytes(held?.id ?? '')]);
      expect(await endpoints.remove(outbox.workspaceId, endpoint.id, 1)).toBe(true);
    });
    expect(await states()).toEqual(['pending', 'dead']);
    await outbox.deliveries.buryRemoved(10);
    expect(await states()).toEqual(['dead', 'dead']);
  });

  it('gets no new notifications while it is disabled, and is tried at once when it is enabled', async () => {
    await test.database.transaction((tx) => endpoints.disable(endpoint.id, '410 Gone', tx));
    expect(await find()).toMatchObject({ state: 'disabled', disabledReason: '410 Gone' });
    expect(await endpoints.listEnabled(outbox.workspaceId)).toEqual([]);
    await test.database.query(
      `UPDATE endpoint SET blocked_until = now() + interval '1 hour' WHERE workspace_id = $1`,
      [outbox.workspaceId],
    );
    const enabled = await endpoints.update(outbox.workspaceId, endpoint.id, { state: 'enabled' }, 5);
    expect(enabled).toMatchObject({ state: 'enabled', disabledReason: null, blockedUntil: null });
    expect(enabled?.updatedAt).toEqual(new Date(5_000));
    expect(await endpoints.listEnabled(outbox.workspaceId)).toEqual([
      { id: endpoint.id, topics: ['segment.*', 'ping'] },
    ]);
  });

  it('is a rule: workers learn of every change', async () => {
    const versions = [await rulesVersion()];
    await outbox.endpoint('http://b/');
    versions.push(await rulesVersion());
    await endpoints.update(outbox.workspaceId, endpoint.id, { topics: ['*'] }, 1);
    versions.push(await rulesVersion());
    await test.database.transaction((tx) => endpoints.disable(endpoint.id, 'why', tx));
    versions.push(await rulesVersion());
    await endpoints.remove(outbox.workspaceId, endpoint.id, 1);
    versions.push(await rulesVersion());
    expect(versions).toEqual([1, 2, 3, 4, 5]);
  });

  it('that is unknown cannot be disabled', async () => {
    await test.database.transaction((tx) => endpoints.disable(testId(), 'why', tx));
    expect(await rulesVersion()).toBe(1);
  });
});
