import { createServer } from 'node:http';
import { setTimeout as pause } from 'node:timers/promises';
import { Redis } from 'ioredis';
import { startMuster } from './support/muster.js';
import { quantile, reportTime } from './support/statistics.js';
import { benchDatabase } from './support/store.js';

/** Events a second, and for how long they are sent, in seconds. */
const RATE = 500;
const SECONDS = 10;
const WARM_UP = 5;
const CONTACTS = 500;

await measure('Postgres queue', { p50: 50, p99: 250 });
const redisUrl = process.env['REDIS_URL'];
if (redisUrl) await measure('Redis', { p50: 25, p99: 125 }, redisUrl);
else console.log('request → webhook on Redis: not measured, for REDIS_URL is not set');

/** From the start of the request to the arrival of its webhook, everything on one machine. */
async function measure(
  queue: string,
  limits: { p50: number; p99: number },
  redisUrl?: string,
): Promise<void> {
  if (redisUrl) await emptied(redisUrl);
  const store = await benchDatabase();
  const muster = await startMuster('standalone', store.url, redisUrl);
  const sentAt = new Map<number, number>();
  const times: number[] = [];
  const receiver = createServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on('data', (chunk: Buffer) => chunks.push(chunk));
    request.on('end', () => {
      response.end();
      const { data } = JSON.parse(Buffer.concat(chunks).toString()) as {
        data: { event: { metadata: { n: number } } };
      };
      const sent = sentAt.get(data.event.metadata.n);
      if (sent !== undefined) times.push(performance.now() - sent);
    });
  });
  await new Promise<void>((resolve) => receiver.listen(0, '127.0.0.1', resolve));
  const address = receiver.address();
  const port = typeof address === 'object' && address ? address.port : 0;
  await muster.client.post('/endpoints', { url: `http://127.0.0.1:${port}/`, topics: ['event.created'] });
  for (let i = 0; i < CONTACTS; i++) await muster.client.post('/contacts', { external_id: `user-${i}` });

  const started = performance.now();
  const now = Math.floor(Date.now() / 1000) - RATE * (SECONDS + WARM_UP);
  for (let n = 0; n < RATE * (SECONDS + WARM_UP); n++) {
    const at = started + (n * 1000) / RATE;
    if (at > performance.now()) await pause(at - performance.now());
    if (n >= RATE * WARM_UP) sentAt.set(n, performance.now());
    const event = {
      user_id: `user-${n % CONTACTS}`,
      event_name: 'moved',
      created_at: now + n,
      metadata: { n },
    };
    void muster.client.post('/events', event);
  }
  for (let left = 0; times.length < sentAt.size && left < 600; left++) await pause(50);
  const lost = sentAt.size - times.length;
  if (lost > 0) console.log(`${lost} webhooks did not arrive`);
  reportTime(`request → webhook, ${RATE}/s, ${queue}, p50`, quantile(times, 0.5), limits.p50);
  reportTime(`request → webhook, ${RATE}/s, ${queue}, p99`, quantile(times, 0.99), limits.p99);
  await muster.stop();
  await muster.client.close();
  receiver.closeAllConnections();
  receiver.close();
  await store.drop();
}

async function emptied(url: string): Promise<void> {
  const client = new Redis(url);
  await client.flushdb();
  await client.quit();
}
