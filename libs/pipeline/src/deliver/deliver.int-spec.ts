import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { Test, type TestingModule } from '@nestjs/testing';
import { pino } from 'pino';
import { bytes, type Delivery, DatabaseModule, DeliveryLogRepository } from '#database';
import { LOOPBACK_TARGETS, Logger, OutboundLimits, PlatformModule, SecretBox } from '#platform';
import { JobProducer, migrateQueue, QueueModule } from '#queue';
import { testConfig } from '../../../../test/support/config.js';
import { type TestDatabase, testDatabase } from '../../../../test/support/database.js';
import { Outbox, type TestDelivery, type TestEndpoint } from '../../../../test/support/outbox.js';
import { Receiver, verified } from '../../../../test/support/receiver.js';
import { waitFor } from '../../../../test/support/wait-for.js';
import { WINDOW } from './window.js';
import { DeliverModule } from './deliver.module.js';

class ShortLimits extends OutboundLimits {
  override readonly deadlineMs = 800;
}

const secrets = new SecretBox(testConfig({ DATABASE_URL: '' }).MUSTER_SECRET_KEY);

/** Keeps the kinds of what failed. */
class HeardLogger extends Logger {
  readonly heard: string[] = [];

  override failure(kind: string): void {
    this.heard.push(kind);
  }
}

const logger = new HeardLogger(pino({ level: 'silent' }));

let test: TestDatabase;
let receiver: Receiver;
let app: TestingModule;
let outbox: Outbox;
let endpoint: TestEndpoint;

const start = async (
  targets = LOOPBACK_TARGETS,
  limits: OutboundLimits = new ShortLimits(),
): Promise<TestingModule> => {
  const config = testConfig({ DATABASE_URL: test.url, MUSTER_ALLOW_TARGETS: targets });
  const module = await Test.createTestingModule({
    imports: [
      PlatformModule.forRoot(config, logger),
      DatabaseModule,
      QueueModule.forRoot(['deliver.endpoint']),
      DeliverModule,
    ],
  })
    .overrideProvider(OutboundLimits)
    .useValue(limits)
    .compile();
  await module.init();
  return module;
};

beforeAll(async () => {
  test = await testDatabase();
  await migrateQueue(test.url);
});
afterAll(() => test.drop());
beforeEach(async () => {
  receiver = await Receiver.start();
  outbox = await Outbox.create(test.database, secrets);
  endpoint = await outbox.endpoint(receiver.url);
});
afterEach(async () => {
  await test.database.query('DELETE FROM delivery');
  await test.database.query('DELETE FROM delivery_attempt');
  await receiver.stop();
});

/** Delivers one notification, as notify does: rows, then a hint. */
const deliver = async (to: TestEndpoint = endpoint): Promise<TestDelivery> => {
  const [made] = await outbox.deliver(to);
  if (!made) throw new Error('nothing to deliver');
  app.get(JobProducer).hint('deliver.endpoint', { endpointId: to.id });
  return made;
};
const log = () => new DeliveryLogRepository(test.database);
const attemptsOf = ({ id }: TestDelivery, to = endpoint) => log().attempts({ id, endpointId: to.id });
const until = (made: TestDelivery, condition: (delivery: Delivery) => boolean) =>
  waitFor(async () => {
    const found = await log().find(outbox.workspaceId, made.id);
    return found && condition(found) ? found : undefined;
  });
const delivered = (made: TestDelivery) => until(made, ({ state }) => state === 'delivered');
const attempted = (made: TestDelivery, times = 1) =>
  until(made, ({ attempts, inFlight }) => attempts === times && !inFlight);

describe('a delivery', () => {
  beforeAll(async () => {
    app = await start();
  });
  afterAll(() => app.close());

  it('arrives, signed, at the endpoint', async () => {
    const made = await deliver();
    const received = await receiver.next();
    expect(received.id).toBe(made.notificationId);
    expect(received.headers['content-type']).toBe('application/json');
    expect(verified(received, endpoint.secret)).toEqual({ type: 'ping', data: { number: 0 } });
    expect(await delivered(made)).toMatchObject({ attempts: 1, nextAt: null });
    expect(await attemptsOf(made)).toMatchObject([{ number: 1, statusCode: 200, error: null }]);
  });

  it('that the endpoint could not take is made again, with the same id and body', async () => {
    receiver.answer(() => ({ status: receiver.received.length === 1 ? 500 : 200, body: 'sorry' }));
    const made = await deliver();
    const { nextAt } = await attempted(made);
    expect((nextAt ?? 0) - Date.now() / 1000).toBeGreaterThan(3);
    await outbox.passTime();
    expect(await delivered(made)).toMatchObject({ attempts: 2 });
    const [first, second] = receiver.received;
    expect(second).toMatchObject({ id: first?.id, body: first?.body });
    expect(verified(second ?? (await receiver.next()), endpoint.secret)).toBeDefined();
    expect(await attemptsOf(made)).toMatchObject([
      { number: 1, statusCode: 500, response: 'sorry' },
      { number: 2, statusCode: 200 },
    ]);
  });

  it.each([
    ['hang', 'timeout'],
    ['drip', 'timeout'],
    ['drop', 'connection_failed'],
  ] as const)('to an endpoint that does %s waits for its next attempt', async (reply, error) => {
    receiver.answer(reply);
    const made = await deliver();
    expect(await attempted(made)).toMatchObject({ state: 'pending' });
    expect(await attemptsOf(made)).toMatchObject([
      { statusCode: null, error: expect.stringContaining(error) },
    ]);
  });

  it('follows no redirect', async () => {
    receiver.answer({ status: 307, headers: { location: `${receiver.url}elsewhere` } });
    const made = await deliver();
    expect(await attempted(made)).toMatchObject({ state: 'pending' });
    expect(receiver.received.map(({ path }) => path)).toEqual(['/']);
  });

  it('is dead after four attempts that were refused, and can be revived by hand', async () => {
    receiver.answer({ status: 404 });
    const made = await deliver();
    for (let attempt = 1; attempt < 4; attempt++) {
      expect(await attempted(made, attempt)).toMatchObject({ state: 'pending' });
      await outbox.passTime();
    }
    await until(made, ({ state }) => state === 'dead');
    receiver.answer({ status: 200 });
    await log().retry(outbox.workspaceId, made.id);
    expect(await delivered(made)).toMatchObject({ attempts: 5 });
    expect(new Set(receiver.received.map(({ id }) => id)).size).toBe(1);
  });

  it('that arrived while Postgres could not be written to is not made again', async () => {
    receiver.answer(async () => {
      await test.database.query('ALTER TABLE delivery_attempt RENAME TO away');
      return {};
    });
    logger.heard.length = 0;
    const made = await deliver();
    await waitFor(() => logger.heard.includes('deliver'));
    await test.database.query('ALTER TABLE away RENAME TO delivery_attempt');
    expect(await delivered(made)).toMatchObject({ attempts: 1 });
    expect(receiver.received).toHaveLength(1);
  });

  it('needs no hint', async () => {
    const [made] = await outbox.deliver(endpoint);
    if (!made) throw new Error('nothing to deliver');
    await delivered(made);
  });

  it('needs no queue', async () => {
    await test.database.query('ALTER SCHEMA bullmq RENAME TO bullmq_away');
    await delivered(await deliver());
    await test.database.query('ALTER SCHEMA bullmq_away RENAME TO bullmq');
  });
});

describe('an endpoint', () => {
  beforeAll(async () => {
    app = await start();
  });
  afterAll(() => app.close());

  it('that is gone is disabled, and its delivery dead', async () => {
    receiver.answer({ status: 410 });
    await until(await deliver(), ({ state }) => state === 'dead');
    expect(await outbox.endpoints.find(outbox.workspaceId, endpoint.id)).toMatchObject({
      state: 'disabled',
      disabledReason: 'the endpoint answered 410 Gone',
    });
    await deliver();
    const other = await outbox.endpoint(`${receiver.url}other`);
    receiver.answer({ status: 200 });
    await delivered(await deliver(other));
    expect(receiver.received.filter(({ path }) => path === '/')).toHaveLength(1);
  });

  it('that is removed gets nothing: what was written for it at that moment is dead', async () => {
    await outbox.endpoints.remove(outbox.workspaceId, endpoint.id, 1);
    const [made] = await outbox.deliver(endpoint);
    await waitFor(async () => (await log().find(outbox.workspaceId, made?.id ?? ''))?.state === 'dead');
    expect(receiver.received).toEqual([]);
  });

  it('that asks for a pause gets one, for all its deliveries, and others none', async () => {
    receiver.answer(({ path }) => (path === '/' ? { status: 429, headers: { 'retry-after': '100' } } : {}));
    const { nextAt } = await attempted(await deliver());
    expect((nextAt ?? 0) - Date.now() / 1000).toBeCloseTo(100, -1);
    const waiting = await deliver();
    const other = await outbox.endpoint(`${receiver.url}other`);
    await delivered(await deliver(other));
    await waitFor(async () => (await outbox.deliveries.dueEndpoints(10)).length === 0);
    expect(await until(waiting, () => true)).toMatchObject({ attempts: 0, state: 'pending' });
    receiver.answer({ status: 200 });
    await outbox.passTime();
    await delivered(waiting);
  });

  it('that hangs does not hold up others on the same host', async () => {
    receiver.answer(({ path }) => (path === '/' ? 'hang' : {}));
    await outbox.deliver(...Array.from({ length: 100 }, () => endpoint));
    await deliver();
    await receiver.count(WINDOW);
    const other = await outbox.endpoint(`${receiver.url}other`);
    const made = await deliver(other);
    await delivered(made);
    const [first] = receiver.received;
    const reached = await receiver.next(({ id }) => id === made.notificationId);
    expect(reached.at - (first?.at ?? 0)).toBeLessThan(new ShortLimits().deadlineMs);
  });

  it('gets no more requests at a time than its window has places', async () => {
    receiver.answer('hang');
    await outbox.deliver(...Array.from({ length: 2 * WINDOW }, () => endpoint));
    await deliver();
    await receiver.count(WINDOW);
    const rows = await test.database.query('SELECT FROM delivery WHERE lease_id IS NOT NULL');
    expect([rows.length, receiver.received.length]).toEqual([WINDOW, WINDOW]);
  });

  it('gets everything that waits for it, once', async () => {
    await outbox.deliver(...Array.from({ length: 1_000 }, () => endpoint));
    await receiver.count(1_000);
    await waitFor(
      async () => (await test.database.query(`SELECT FROM delivery WHERE state = 'pending'`)).length === 0,
    );
    expect(receiver.received).toHaveLength(1_000);
    expect(new Set(receiver.received.map(({ id }) => id)).size).toBe(1_000);
    const attempts = await test.database.query('SELECT FROM delivery_attempt WHERE endpoint_id = $1', [
      bytes(endpoint.id),
    ]);
    expect(attempts).toHaveLength(1_000);
  });

  it('whose secret was encrypted with another key is told so by its attempts', async () => {
    await test.database.query(`UPDATE endpoint SET secret = '\\x01' WHERE id = $1`, [bytes(endpoint.id)]);
    const made = await deliver();
    await attempted(made);
    expect(await attemptsOf(made)).toMatchObject([{ error: expect.stringContaining('MUSTER_SECRET_KEY') }]);
    expect(receiver.received).toEqual([]);
  });
});

describe('in production', () => {
  beforeAll(async () => {
    app = await start('10.0.0.0/8');
  });
  afterAll(() => app.close());

  it.each(['127.0.0.1', 'localhost', '[::ffff:127.0.0.1]', '2130706433'])(
    'nothing goes to %s',
    async (host) => {
      const inside = await outbox.endpoint(`http://${host}:${receiver.port}/`);
      const made = await deliver(inside);
      await until(made, ({ state }) => state === 'dead');
      expect(await attemptsOf(made, inside)).toMatchObject([
        { error: expect.stringContaining('address_denied') },
      ]);
      expect(receiver.received).toEqual([]);
    },
  );
});

describe('the end of the process', () => {
  it('waits for what is in flight', async () => {
    app = await start();
    let answer: (reply: object) => void = () => undefined;
    receiver.answer(() => new Promise((resolve) => (answer = resolve)));
    const made = await deliver();
    await receiver.next();
    const closed = app.close();
    answer({ status: 200 });
    await closed;
    expect(await until(made, () => true)).toMatchObject({ state: 'delivered' });
    expect(receiver.received).toHaveLength(1);
  });

  it('gives back what does not land in time, as if it had not been tried', async () => {
    app = await start(LOOPBACK_TARGETS, new OutboundLimits());
    receiver.answer('hang');
    const made = await deliver();
    await receiver.next();
    await app.close();
    const [left] = await test.database.query(
      'SELECT state, attempts, lease_id, next_at <= now() AS due FROM delivery',
    );
    expect(left).toEqual({ state: 'pending', attempts: 0, lease_id: null, due: true });
    receiver.answer({ status: 200 });
    app = await start();
    expect(await delivered(made)).toMatchObject({ attempts: 1 });
    expect(new Set(receiver.received.map(({ id }) => id))).toEqual(new Set([made.notificationId]));
    await app.close();
  });

  it('by death leaves its leases to others, who deliver with the same ids', async () => {
    const [made] = await outbox.deliver(endpoint);
    if (!made) throw new Error('nothing to deliver');
    expect(await outbox.claim(endpoint)).toMatchObject([{ id: made.id }]);
    await outbox.passTime();
    app = await start();
    await delivered(made);
    expect(receiver.received.map(({ id }) => id)).toEqual([made.notificationId]);
    expect(await attemptsOf(made)).toMatchObject([{ number: 2 }]);
    await app.close();
  });
});
