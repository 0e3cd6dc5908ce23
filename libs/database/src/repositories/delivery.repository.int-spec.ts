import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { type ClaimedDelivery, type Database, DeliveryLogRepository, DeliveryRepository } from '#database';
import type { Outcome, Verdict } from '#domain';
import { SecretBox } from '#platform';
import { type TestDatabase, testDatabase } from '../../../../test/support/database.js';
import { Outbox, type TestEndpoint } from '../../../../test/support/outbox.js';

const OK: Outcome = { status: 200, response: 'ok', durationMs: 3 };
const BROKEN: Outcome = { status: 500, response: 'no', durationMs: 3 };
const DELIVERED: Verdict = { kind: 'delivered' };
const RETRY: Verdict = { kind: 'retry', delay: 60 };

let test: TestDatabase;
let outbox: Outbox;
let deliveries: DeliveryRepository;
let log: DeliveryLogRepository;
let endpoint: TestEndpoint;

beforeAll(async () => {
  test = await testDatabase();
  log = new DeliveryLogRepository(test.database);
});
afterAll(() => test.drop());
beforeEach(async () => {
  await test.database.query('DELETE FROM delivery');
  outbox = await Outbox.create(test.database, new SecretBox('a secret key for tests'));
  deliveries = outbox.deliveries;
  endpoint = await outbox.endpoint('http://127.0.0.1:1/');
});

const claim = (limit = 10): Promise<ClaimedDelivery[]> => outbox.claim(endpoint, limit);
const claimOne = async (): Promise<ClaimedDelivery> => {
  const [delivery] = await claim();
  if (!delivery) throw new Error('nothing was due');
  return delivery;
};
const finish = (delivery: ClaimedDelivery, outcome: Outcome, verdict: Verdict) =>
  deliveries.finish([{ delivery, startedAt: 1_000, outcome, verdict }]);
const find = async ({ id }: { id: string }) => log.find(outbox.workspaceId, id);
const dueIds = async () => (await deliveries.dueEndpoints(10)).map(({ endpointId }) => endpointId);

describe('a claim', () => {
  it('takes what is due, oldest first, with what is needed to send it', async () => {
    const made = await outbox.deliver(endpoint, endpoint);
    await outbox.deliver(endpoint);
    const [claimed] = await deliveries.claim([{ endpointId: endpoint.id, limit: 2 }], 20);
    expect(claimed?.url).toBe('http://127.0.0.1:1/');
    const expected = made.map(({ id, notificationId }, i) => ({
      id,
      notificationId,
      endpointId: endpoint.id,
      attempt: 1,
      automaticAttempt: 1,
      body: JSON.stringify({ type: 'ping', data: { number: i } }),
    }));
    expect(claimed?.deliveries).toHaveLength(2);
    expect(claimed?.deliveries).toMatchObject(expected.sort((a, b) => (a.id < b.id ? -1 : 1)));
  });

  it('can be made for many endpoints at once, with a limit each', async () => {
    const other = await outbox.endpoint('http://127.0.0.1:2/');
    const idle = await outbox.endpoint('http://127.0.0.1:3/');
    await outbox.deliver(endpoint, endpoint, endpoint, other, other);
    const wanted = [other, idle, endpoint].map(({ id }, i) => ({ endpointId: id, limit: i + 1 }));
    const claims = await deliveries.claim(wanted, 20);
    expect(claims.map((claimed) => claimed?.url)).toEqual([
      'http://127.0.0.1:2/',
      undefined,
      'http://127.0.0.1:1/',
    ]);
    expect(claims.map((claimed) => claimed?.deliveries.length)).toEqual([1, undefined, 3]);
  });

  it('is never made twice, however many ask at once', async () => {
    await outbox.deliver(...Array.from({ length: 40 }, () => endpoint));
    const claims = await Promise.all(Array.from({ length: 8 }, () => claim(8)));
    const ids = claims.flat().map(({ id }) => id);
    expect(new Set(ids).size).toBe(ids.length);
    expect(ids.length + (await claim(100)).length).toBe(40);
  });

  it('is repeated by others when its lease has ended, with the same notification', async () => {
    await outbox.deliver(endpoint);
    const lost = await claimOne();
    expect(await claim()).toEqual([]);
    await outbox.passTime();
    const again = await claimOne();
    expect(again).toMatchObject({ id: lost.id, notificationId: lost.notificationId, attempt: 2 });
    expect(again.leaseId).not.toBe(lost.leaseId);
  });

  it('is not made for an endpoint that is blocked, disabled or gone', async () => {
    await outbox.deliver(endpoint);
    await test.database.query(`UPDATE endpoint SET blocked_until = now() + interval '1 minute'`);
    expect([await claim(), await dueIds()]).toEqual([[], []]);
    await test.database.query(`UPDATE endpoint SET blocked_until = now()`);
    await test.database.transaction((tx) => outbox.endpoints.disable(endpoint.id, 'gone', tx));
    expect([await claim(), await dueIds()]).toEqual([[], []]);
    await outbox.endpoints.update(outbox.workspaceId, endpoint.id, { state: 'enabled' }, 1);
    expect(await dueIds()).toEqual([endpoint.id]);
    await outbox.endpoints.remove(outbox.workspaceId, endpoint.id, 1);
    expect([await claim(), await dueIds()]).toEqual([[], []]);
  });

  it('can be given back as if it had not been made', async () => {
    await outbox.deliver(endpoint);
    const first = await claimOne();
    await deliveries.release([first]);
    const second = await claimOne();
    expect(second).toMatchObject({ id: first.id, attempt: 1 });
    await deliveries.release([first]);
    expect(await claim()).toEqual([]);
  });
});

describe('an outcome', () => {
  it('of a delivery that arrived ends it', async () => {
    const [made] = await outbox.deliver(endpoint);
    const delivery = await claimOne();
    await finish(delivery, OK, DELIVERED);
    expect(await find(delivery)).toMatchObject({
      id: made?.id,
      state: 'delivered',
      nextAt: null,
      attempts: 1,
    });
    expect(await log.attempts(delivery)).toEqual([
      { number: 1, startedAt: 1_000, durationMs: 3, statusCode: 200, error: null, response: 'ok' },
    ]);
  });

  it('of one that did not plans the next attempt, by the clock of the database', async () => {
    await outbox.deliver(endpoint);
    const delivery = await claimOne();
    await finish(delivery, { error: 'dns_failed', message: 'not found', durationMs: 1 }, RETRY);
    const found = await find(delivery);
    expect(found).toMatchObject({ state: 'pending', inFlight: false, finishedAt: null });
    expect((found?.nextAt ?? 0) - Date.now() / 1000).toBeCloseTo(60, -1);
    expect(await log.attempts(delivery)).toMatchObject([
      { statusCode: null, error: 'dns_failed: not found' },
    ]);
    expect(await claim()).toEqual([]);
  });

  it('of a holder that was frozen and failed does not count', async () => {
    await outbox.deliver(endpoint);
    const frozen = await claimOne();
    await outbox.passTime();
    const holder = await claimOne();
    await finish(frozen, BROKEN, { kind: 'dead' });
    expect(await find(frozen)).toMatchObject({ state: 'pending', inFlight: true });
    await finish(holder, OK, DELIVERED);
    await finish(frozen, BROKEN, RETRY);
    expect(await find(holder)).toMatchObject({ state: 'delivered' });
    expect(await log.attempts(holder)).toMatchObject([{ number: 1 }, { number: 2 }]);
  });

  it('of a holder that was frozen and delivered does', async () => {
    await outbox.deliver(endpoint);
    const frozen = await claimOne();
    await outbox.passTime();
    const holder = await claimOne();
    await finish(frozen, OK, DELIVERED);
    await finish(holder, BROKEN, RETRY);
    expect(await find(frozen)).toMatchObject({ state: 'delivered', nextAt: null });
  });

  it('of both at once is that it was delivered', async () => {
    await outbox.deliver(endpoint);
    const frozen = await claimOne();
    await outbox.passTime();
    const holder = await claimOne();
    const startedAt = 1;
    await deliveries.finish([
      { delivery: holder, startedAt, outcome: BROKEN, verdict: RETRY },
      { delivery: frozen, startedAt, outcome: OK, verdict: DELIVERED },
    ]);
    expect(await find(frozen)).toMatchObject({ state: 'delivered' });
  });

  it('that blocks the endpoint never shortens a block, and does not block by a holder that was frozen', async () => {
    await outbox.deliver(endpoint, endpoint);
    const [long, short] = await claim();
    if (!long || !short) throw new Error('nothing was due');
    const rest = (restFor: number): Verdict => ({ kind: 'retry', delay: 5, restFor });
    const blockedFor = async () => {
      const found = await outbox.endpoints.find(outbox.workspaceId, endpoint.id);
      return Math.round(((found?.blockedUntil?.getTime() ?? Date.now()) - Date.now()) / 1000);
    };
    await finish({ ...long, leaseId: '00' }, BROKEN, rest(500));
    expect(await blockedFor()).toBe(0);
    await finish(long, BROKEN, rest(100));
    await finish(short, BROKEN, rest(10));
    expect(await blockedFor()).toBeCloseTo(100, -1);
  });

  it('can hold any text', async () => {
    await outbox.deliver(endpoint);
    const delivery = await claimOne();
    await finish(delivery, { ...OK, response: `"'\\{},NULL\u{1F389}\n` }, DELIVERED);
    expect(await log.attempts(delivery)).toMatchObject([{ response: `"'\\{},NULL\u{1F389}\n` }]);
  });
});

describe('endpoints that are due', () => {
  it('are found once each, the longest waiting first', async () => {
    const others = [
      await outbox.endpoint('http://127.0.0.1:2/'),
      await outbox.endpoint('http://127.0.0.1:3/'),
    ];
    await outbox.deliver(endpoint, endpoint, ...others, ...others);
    await test.database.query(
      `UPDATE delivery SET next_at = next_at - interval '1 minute' WHERE endpoint_id = $1`,
      [`\\x${others[1]?.id}`],
    );
    const found = await deliveries.dueEndpoints(10);
    expect(found.map(({ endpointId }) => endpointId)).toEqual([
      others[1]?.id,
      expect.any(String),
      expect.any(String),
    ]);
    expect(found[0]?.waited).toBeCloseTo(60, -1);
    expect(new Set(await dueIds()).size).toBe(3);
    expect(await deliveries.dueEndpoints(1)).toHaveLength(1);
  });

  it('are not those whose deliveries wait, are in flight or are done', async () => {
    await outbox.deliver(endpoint, endpoint);
    const [first, second] = await claim();
    expect(await dueIds()).toEqual([]);
    if (first && second) {
      await finish(first, OK, DELIVERED);
      await finish(second, BROKEN, RETRY);
    }
    expect(await dueIds()).toEqual([]);
    await outbox.passTime();
    expect(await dueIds()).toEqual([endpoint.id]);
  });

  it('are found without reading what is pending', async () => {
    await outbox.deliver(
      ...Array.from({ length: 2_000 }, () => endpoint),
      await outbox.endpoint('http://x/'),
    );
    await test.database.query('ANALYZE delivery');
    const plan = await new DeliveryRepository(explaining(test.database)).dueEndpoints(10);
    const buffers = /shared hit=(\d+)/.exec(JSON.stringify(plan))?.[1];
    expect(Number(buffers)).toBeLessThan(40);
  });
});

/** Answers every statement with what it cost. */
const explaining = (database: Database): Database => {
  const explain = (sql: string, parameters?: unknown[]) =>
    database.query(`EXPLAIN (ANALYZE, COSTS OFF, TIMING OFF, BUFFERS) ${sql}`, parameters);
  return { query: explain } as unknown as Database;
};
