import { randomBytes } from 'node:crypto';
import autocannon from 'autocannon';
import { Client as Postgres } from 'pg';
import { startBare } from './support/bare.js';
import { end } from './support/child.js';
import { startMuster, TOKEN } from './support/muster.js';
import { median, report } from './support/statistics.js';
import { benchDatabase } from './support/store.js';

const CONTACTS = 1_000;
const CONNECTIONS = 64;
const SECONDS = 4;
const TURNS = 3;
const BATCH = 100;
const APPEND = 500;
const BODIES = 400;
let sent = 0;

const store = await benchDatabase();
const muster = await startMuster('api', store.url);
const bare = await startBare();
await Promise.all(
  Array.from({ length: CONTACTS }, (_, i) => muster.client.post('/contacts', { external_id: `user-${i}` })),
);

/** Made beforehand, so that the generator takes as little of the machine as may be. */
const singles = Array.from({ length: BODIES * BATCH }, () => JSON.stringify(event()));
const batches = Array.from({ length: BODIES }, () =>
  JSON.stringify({ events: Array.from({ length: BATCH }, event) }),
);

const rates = { bare: [] as number[], single: [] as number[], append: [] as number[], batch: [] as number[] };
for (let turn = 0; turn < TURNS; turn++) {
  rates.bare.push(await hammer(`${bare.url}/events`, singles));
  rates.single.push(await hammer(`${muster.client.url}/events`, singles));
  rates.append.push(await append());
  const batch = await hammer(`${muster.client.url}/events/bulk`, batches);
  rates.batch.push(batch * BATCH);
}
report('bare Nest + Fastify POST', median(rates.bare), { floor: median(rates.bare) });
report('accept, one event a request', median(rates.single), { floor: median(rates.bare), target: 0.25 });
report('bare 500-row append, rows', median(rates.append), { floor: median(rates.append) });
report('accept, 100 events a request', median(rates.batch), { floor: median(rates.append), target: 0.4 });

await muster.stop();
await muster.client.close();
await end(bare.child);
await store.drop();

function event() {
  sent++;
  const created_at = 1_700_000_000 + Math.floor(sent / CONTACTS);
  return { user_id: `user-${sent % CONTACTS}`, event_name: 'moved', created_at, metadata: { n: sent } };
}

/** Requests a second that were answered 202. */
async function hammer(url: string, bodies: readonly string[]): Promise<number> {
  const headers = { authorization: `Bearer ${TOKEN}`, 'content-type': 'application/json' };
  let next = 0;
  const setupRequest = (request: autocannon.Request) => ({
    ...request,
    body: bodies[next++ % bodies.length] ?? '',
  });
  const result = await autocannon({
    url,
    connections: CONNECTIONS,
    duration: SECONDS,
    requests: [{ method: 'POST', headers, setupRequest }],
  });
  if (result.non2xx > 0 || result.errors > 0)
    console.log(`${result.non2xx} refused, ${result.errors} failed: ${url}`);
  return result['2xx'] / result.duration;
}

/** The floor of a batch: the same rows appended 500 at a time, each with its own commit, by two connections. */
async function append(): Promise<number> {
  const ends = performance.now() + SECONDS * 1000;
  const counts = await Promise.all([appendUntil(ends), appendUntil(ends)]);
  return counts.reduce((sum, count) => sum + count, 0) / SECONDS;
}

async function appendUntil(ends: number): Promise<number> {
  const client = new Postgres({ connectionString: store.url });
  await client.connect();
  const ids = Array.from({ length: APPEND }, () => randomBytes(12));
  const payloads = ids.map((id, n) =>
    JSON.stringify({
      kind: 'event',
      id: id.toString('hex'),
      name: 'moved',
      createdAt: 1_700_000_000 + n,
      dedupeKey: '',
      metadata: { n },
      reference: { user_id: `user-${n}` },
    }),
  );
  const values = [ids.map((id) => id[11]), ids.map((id) => `\\x${id.toString('hex')}`), payloads];
  let count = 0;
  while (performance.now() < ends) {
    await client.query(
      `INSERT INTO inbox (lane, workspace_id, contact_id, kind, payload)
       SELECT lane, 1, contact_id, 'event', payload
       FROM unnest($1::smallint[], $2::bytea[], $3::jsonb[]) AS r (lane, contact_id, payload)`,
      values,
    );
    count += APPEND;
  }
  await client.end();
  return count;
}
