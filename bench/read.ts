import autocannon from 'autocannon';
import { startBare } from './support/bare.js';
import { end } from './support/child.js';
import { startMuster, TOKEN } from './support/muster.js';
import { median, report } from './support/statistics.js';
import { benchDatabase } from './support/store.js';

const CONTACTS = 1_000;
const CONNECTIONS = 64;
const SECONDS = 4;
const TURNS = 3;

const store = await benchDatabase();
const muster = await startMuster('api', store.url);
const bare = await startBare();
const contacts = await Promise.all(
  Array.from({ length: CONTACTS }, (_, i) =>
    muster.client.post<{ id: string }>('/contacts', {
      external_id: `user-${i}`,
      email: `user-${i}@example.com`,
      custom_attributes: { plan: 'free', seats: i },
    }),
  ),
);

const rates = { bare: [] as number[], read: [] as number[] };
for (let turn = 0; turn < TURNS; turn++) {
  rates.bare.push(await hammer(bare.url));
  rates.read.push(await hammer(muster.client.url));
}
report('bare Nest + Fastify GET', median(rates.bare), { floor: median(rates.bare) });
report('GET /contacts/{id}', median(rates.read), { floor: median(rates.bare), target: 0.3 });

await muster.stop();
await muster.client.close();
await end(bare.child);
await store.drop();

/** Requests a second that were answered 200. */
async function hammer(url: string): Promise<number> {
  let next = 0;
  const setupRequest = (request: autocannon.Request) => ({
    ...request,
    path: `/contacts/${contacts[next++ % CONTACTS]?.id}`,
  });
  const result = await autocannon({
    url,
    connections: CONNECTIONS,
    duration: SECONDS,
    requests: [{ method: 'GET', headers: { authorization: `Bearer ${TOKEN}` }, setupRequest }],
  });
  if (result.non2xx > 0 || result.errors > 0)
    console.log(`${result.non2xx} refused, ${result.errors} failed: ${url}`);
  return result['2xx'] / result.duration;
}
