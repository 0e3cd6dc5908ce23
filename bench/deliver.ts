import 'reflect-metadata';
import { createHmac, randomBytes } from 'node:crypto';
import { setTimeout as pause } from 'node:timers/promises';
import { Module } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import { Pool } from 'undici';
import {
  Database,
  DatabaseModule,
  DeliveryRepository,
  EndpointRepository,
  type NewDelivery,
  NotificationRepository,
  WorkspaceRepository,
} from '#database';
import { type Id, laneOf } from '#domain';
import { DeliverModule } from '#pipeline';
import { configSchema, Ids, Logger, PlatformModule, SecretBox } from '#platform';
import { JobProducer, migrateQueue, QueueModule } from '#queue';
import { answers, end, freePort, run } from './support/child.js';
import { median, report } from './support/statistics.js';
import { benchDatabase } from './support/store.js';

const ENDPOINTS = 50;
const DELIVERIES = 20_000;
const IN_FLIGHT = 64;
const TURNS = 3;
const BODY = JSON.stringify({
  type: 'event.created',
  timestamp: new Date().toISOString(),
  data: { filler: 'x'.repeat(800) },
});

const store = await benchDatabase();
await migrateQueue(store.url);
const port = await freePort();
const receiver = run('bench/support/receiver.js', { PORT: `${port}` });
const target = `http://127.0.0.1:${port}`;
await answers(target);
const config = {
  ...configSchema.parse({ LOG_LEVEL: 'error', MUSTER_ALLOW_TARGETS: '127.0.0.0/8' }),
  DATABASE_URL: store.url,
  MUSTER_SECRET_KEY: 'a secret key that only benchmarks use',
};

@Module({
  imports: [
    PlatformModule.forRoot(config),
    DatabaseModule,
    QueueModule.forRoot(['deliver.endpoint']),
    DeliverModule,
  ],
})
class Bench {}

const app = await NestFactory.createApplicationContext(Bench, { logger: Logger.at('error') });
const database = app.get(Database);
const workspaceId = await app.get(WorkspaceRepository).ensureFirst('bench', '00'.repeat(32));
const endpoints = await makeEndpoints();

const floors: number[] = [];
const rates: number[] = [];
for (let turn = 0; turn < TURNS; turn++) {
  floors.push(await bareLoop());
  rates.push(await deliverAll());
}
report('bare signed undici POST loop', median(floors), { floor: median(floors) });
report(`deliver, ${ENDPOINTS} endpoints`, median(rates), { floor: median(floors), target: 0.4 });

await app.close();
await end(receiver);
await store.drop();

async function makeEndpoints(): Promise<Id[]> {
  const ids: Id[] = [];
  for (let i = 0; i < ENDPOINTS; i++) {
    const id = app.get(Ids).next();
    const secret = app.get(SecretBox).seal(randomBytes(32), id);
    const endpoint = { id, workspaceId, secret, url: `${target}/${i}`, topics: ['*'], description: '' };
    await app.get(EndpointRepository).create(endpoint, Date.now() / 1000);
    ids.push(id);
  }
  return ids;
}

/** The floor: the same bodies signed and sent with as many in flight, and nothing remembered. */
async function bareLoop(): Promise<number> {
  const pool = new Pool(target, { connections: IN_FLIGHT });
  const key = randomBytes(32);
  const started = performance.now();
  let left = DELIVERIES;
  const send = async (): Promise<void> => {
    while (left-- > 0) {
      const id = app.get(Ids).next();
      const timestamp = Math.floor(Date.now() / 1000);
      const signature = createHmac('sha256', key).update(`${id}.${timestamp}.${BODY}`).digest('base64');
      const headers = {
        'content-type': 'application/json',
        'webhook-id': id,
        'webhook-timestamp': `${timestamp}`,
        'webhook-signature': `v1,${signature}`,
      };
      const answer = await pool.request({ method: 'POST', path: '/', headers, body: BODY });
      await answer.body.dump();
    }
  };
  await Promise.all(Array.from({ length: IN_FLIGHT }, send));
  const seconds = (performance.now() - started) / 1000;
  await pool.close();
  return DELIVERIES / seconds;
}

/** From the commit of the deliveries to the last of them written down as delivered. */
async function deliverAll(): Promise<number> {
  const rows = Array.from({ length: DELIVERIES }, (_, i) => newDelivery(endpoints[i % ENDPOINTS] ?? ''));
  const notifications = rows.map(({ notificationId: id }) => ({
    id,
    workspaceId,
    contactId: null,
    sequence: null,
    topic: 'event.created',
    body: BODY,
    createdAt: Date.now() / 1000,
  }));
  for (let i = 0; i < DELIVERIES; i += 2_000)
    await app.get(NotificationRepository).insert(notifications.slice(i, i + 2_000));
  await app.get(DeliveryRepository).insert(rows);
  const started = performance.now();
  for (const endpointId of endpoints) app.get(JobProducer).hint('deliver.endpoint', { endpointId });
  const pending = `SELECT FROM delivery WHERE state = 'pending' LIMIT 1`;
  while ((await database.query(pending)).length > 0) await pause(20);
  return DELIVERIES / ((performance.now() - started) / 1000);
}

function newDelivery(endpointId: Id): NewDelivery {
  const notificationId = app.get(Ids).next();
  const notificationLane = laneOf(notificationId);
  return {
    endpointId,
    id: app.get(Ids).next(),
    workspaceId,
    notificationLane,
    notificationId,
    topic: 'event.created',
  };
}
