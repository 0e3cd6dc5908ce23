import { append } from './support/append.js';
import { hammer } from './support/hammer.js';
import { startMuster } from './support/muster.js';
import { median, report } from './support/statistics.js';
import { benchDatabase } from './support/store.js';

const CONTACTS = 1_000;
const SECONDS = 4;
const TURNS = 3;
const BATCH = 100;
const BODIES = 400;

/** One call in so many is an identify of a user who is known. */
const IDENTIFIES = 10;
let sent = 0;

const store = await benchDatabase();
const muster = await startMuster('api', store.url);
await Promise.all(
  Array.from({ length: CONTACTS }, (_, i) =>
    muster.client.post('/contacts', { external_id: `user-${i}`, email: `user-${i}@example.com` }),
  ),
);

/** Made beforehand, so that the generator takes as little of the machine as may be. */
const batches = Array.from({ length: BODIES }, () => {
  const now = new Date().toISOString();
  return JSON.stringify({ batch: Array.from({ length: BATCH }, () => call(now)), sentAt: now });
});

const rates = { append: [] as number[], batch: [] as number[] };
for (let turn = 0; turn < TURNS; turn++) {
  rates.append.push(await append(store.url, SECONDS));
  rates.batch.push((await hammer(`${muster.client.url}/v1/batch`, batches, SECONDS)) * BATCH);
}
report('bare 500-row append, rows', median(rates.append), { floor: median(rates.append) });
report('/v1/batch, 100 calls a request', median(rates.batch), { floor: median(rates.append), target: 0.4 });

await muster.stop();
await muster.client.close();
await store.drop();

/** As Segment's SDK for Node sends it, without what it says of itself. */
function call(timestamp: string) {
  sent++;
  const user = sent % CONTACTS;
  const common = {
    messageId: `node-next-${sent}-5e1a0d0c-6f3c-4d57-9f0e-d1d3e8b1a5c7`,
    timestamp,
    userId: `user-${user}`,
    context: { library: { name: '@segment/analytics-node', version: '3.1.0' } },
  };
  if (sent % IDENTIFIES > 0) return { ...common, type: 'track', event: 'moved', properties: { n: sent } };
  return { ...common, type: 'identify', traits: { email: `user-${user}@example.com`, seats: sent % 7 } };
}
