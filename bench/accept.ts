import { append } from './support/append.js';
import { startBare } from './support/bare.js';
import { end } from './support/child.js';
import { hammer } from './support/hammer.js';
import { startMuster } from './support/muster.js';
import { median, report } from './support/statistics.js';
import { benchDatabase } from './support/store.js';

const CONTACTS = 1_000;
const SECONDS = 4;
const TURNS = 3;
const BATCH = 100;
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
  rates.bare.push(await hammer(`${bare.url}/events`, singles, SECONDS));
  rates.single.push(await hammer(`${muster.client.url}/events`, singles, SECONDS));
  rates.append.push(await append(store.url, SECONDS));
  const batch = await hammer(`${muster.client.url}/events/bulk`, batches, SECONDS);
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
