import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { DeliveryLogRepository } from '#database';
import { SecretBox } from '#platform';
import { type TestDatabase, testDatabase } from '../../../../test/support/database.js';
import { Outbox, type TestEndpoint, testId } from '../../../../test/support/outbox.js';

let test: TestDatabase;
let outbox: Outbox;
let log: DeliveryLogRepository;
let endpoint: TestEndpoint;

beforeAll(async () => {
  test = await testDatabase();
  log = new DeliveryLogRepository(test.database);
});
afterAll(() => test.drop());
beforeEach(async () => {
  outbox = await Outbox.create(test.database, new SecretBox('a secret key for tests'));
  endpoint = await outbox.endpoint('http://127.0.0.1:1/');
});

const fail = async (kind: 'retry' | 'dead') => {
  const [delivery] = await outbox.claim(endpoint);
  if (!delivery) throw new Error('nothing was due');
  const outcome = { status: 500, response: '', durationMs: 1 };
  const verdict = kind === 'dead' ? ({ kind } as const) : ({ kind, delay: 60 } as const);
  await outbox.deliveries.finish([{ delivery, startedAt: 1, outcome, verdict }]);
  return delivery;
};

describe('the list of deliveries', () => {
  it('is newest first, a page at a time', async () => {
    const made = await outbox.deliver(endpoint, endpoint, endpoint);
    const ids = made
      .map(({ id }) => id)
      .sort()
      .reverse();
    const { workspaceId } = outbox;
    const first = await log.list({ workspaceId }, 2);
    expect(first.map(({ id }) => id)).toEqual(ids.slice(0, 2));
    expect((await log.list({ workspaceId, before: ids[1] }, 2)).map(({ id }) => id)).toEqual(ids.slice(2));
  });

  it('can be narrowed by endpoint, state and topic, and is that of one workspace', async () => {
    const other = await outbox.endpoint('http://127.0.0.1:2/');
    await outbox.deliver(endpoint, other);
    await fail('dead');
    const { workspaceId } = outbox;
    const count = async (filter: object) => (await log.list({ workspaceId, ...filter }, 10)).length;
    expect(await count({})).toBe(2);
    expect(await count({ endpointId: endpoint.id })).toBe(1);
    expect(await count({ state: 'dead' })).toBe(1);
    expect(await count({ state: 'dead', endpointId: other.id })).toBe(0);
    expect(await count({ topic: 'ping' })).toBe(2);
    expect(await count({ topic: 'segment.left' })).toBe(0);
    expect(await count({ workspaceId: workspaceId + 1_000 })).toBe(0);
  });
});

describe('a manual retry', () => {
  const retry = (id: string) => log.retry(outbox.workspaceId, id);

  it('makes what waits due now, and leaves its automatic attempts as they were', async () => {
    await outbox.deliver(endpoint);
    const { id } = await fail('retry');
    await retry(id);
    expect(await outbox.claim(endpoint)).toMatchObject([{ id, attempt: 2, automaticAttempt: 1 }]);
  });

  it('revives what is dead', async () => {
    await outbox.deliver(endpoint);
    const { id } = await fail('dead');
    expect(await retry(id)).toMatchObject({
      id,
      endpointId: endpoint.id,
      state: 'pending',
      finishedAt: null,
    });
  });

  it('is refused while an attempt is in flight', async () => {
    const [made] = await outbox.deliver(endpoint);
    await outbox.claim(endpoint);
    await expect(retry(made?.id ?? '')).rejects.toMatchObject({
      code: 'conflict',
      message: expect.stringContaining('in flight'),
    });
  });

  it('is refused when the endpoint is disabled or gone', async () => {
    const [made] = await outbox.deliver(endpoint);
    const refusal = { code: 'conflict', message: expect.stringContaining('disabled or gone') };
    await test.database.transaction((tx) => outbox.endpoints.disable(endpoint.id, 'why', tx));
    await expect(retry(made?.id ?? '')).rejects.toMatchObject(refusal);
    await outbox.endpoints.remove(outbox.workspaceId, endpoint.id, 1);
    await expect(retry(made?.id ?? '')).rejects.toMatchObject(refusal);
  });

  it('of an unknown delivery, or of one of another workspace, finds nothing', async () => {
    const [made] = await outbox.deliver(endpoint);
    await expect(retry(testId())).rejects.toMatchObject({ code: 'not_found' });
    await expect(log.retry(outbox.workspaceId + 1_000, made?.id ?? '')).rejects.toMatchObject({
      code: 'not_found',
    });
  });
});
