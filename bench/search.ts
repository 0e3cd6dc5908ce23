import { startMuster } from './support/muster.js';
import { seedPeople } from './support/people.js';
import { quantile, reportTime } from './support/statistics.js';
import { benchDatabase } from './support/store.js';

const CONTACTS = 1_000_000;
const PER_PAGE = 50;
/** So many pages of each search are read, and the last quarter of them are the deep ones. */
const PAGES = 200;
const FIRST_PAGES = 100;
const LIMIT_MS = 200;

const plan = { field: 'custom_attributes.plan', operator: '=', value: 'pro' };
const sessions = { field: 'web_sessions', operator: '>', value: 10 };
const domain = { field: 'email', operator: '~', value: 'EXAMPLE1' };
const seen = { field: 'last_seen_at', operator: '>', value: 1_700_400_000 };
const city = { field: 'custom_attributes.city', operator: '=', value: 'City 77' };
const address = { field: 'email', operator: '=', value: 'user77777@example777.com' };
const SEARCHES = [
  { name: 'many match, by created_at', filters: [plan, sessions, domain], field: 'created_at' },
  { name: 'many match, by last_seen_at', filters: [plan, sessions, seen], field: 'last_seen_at' },
  { name: 'few match, by signed_up_at', filters: [city, sessions, seen], field: 'signed_up_at' },
  { name: 'few match, by name', filters: [city, sessions, seen], field: 'name' },
  { name: 'one address', filters: [address, sessions, seen], field: 'created_at' },
];

interface Page {
  total_count: number;
  total_count_exact: boolean;
  pages: { next: { page: number; starting_after: string } | null };
}

const store = await benchDatabase();
const muster = await startMuster('api', store.url);
await seedPeople(store.url, CONTACTS);

for (const { name, filters, field } of SEARCHES) {
  const body = { query: { operator: 'AND', value: filters }, sort: { field, order: 'descending' } };
  await timesOf(body, 10);
  const first = await timesOf(body, FIRST_PAGES);
  const { times, answer } = await walk(body);
  const { total_count: total, total_count_exact: exact } = answer;
  console.log(`three predicates, ${name}: ${total} of ${CONTACTS}${exact ? '' : ', estimated'}`);
  reportTime('  first page, p50', quantile(first, 0.5), LIMIT_MS);
  reportTime('  first page, p95', quantile(first, 0.95), LIMIT_MS);
  if (times.length === 0) continue;
  const deep = times.slice(-Math.ceil(times.length / 4));
  reportTime(`  pages up to ${times.length}, p50`, quantile(deep, 0.5), LIMIT_MS);
  reportTime(`  pages up to ${times.length}, p95`, quantile(deep, 0.95), LIMIT_MS);
  console.log(`  deep / first, p50 ${(quantile(deep, 0.5) / quantile(first, 0.5)).toFixed(2)}`);
}

await muster.stop();
await muster.client.close();
await store.drop();

/** How long each of so many first pages took, in milliseconds. */
async function timesOf(body: object, count: number): Promise<number[]> {
  const times: number[] = [];
  for (let i = 0; i < count; i++) times.push((await timed(body)).ms);
  return times;
}

/** Reads on from page to page. */
async function walk(body: object): Promise<{ times: number[]; answer: Page }> {
  const times: number[] = [];
  let { answer } = await timed(body);
  for (let page = 1; page < PAGES && answer.pages.next; page++) {
    const { ms, answer: following } = await timed({
      ...body,
      pagination: { per_page: PER_PAGE, ...answer.pages.next },
    });
    times.push(ms);
    answer = following;
  }
  return { times, answer };
}

async function timed(body: object): Promise<{ ms: number; answer: Page }> {
  const started = performance.now();
  const answer = await muster.client.post<Page>('/contacts/search', body);
  return { ms: performance.now() - started, answer };
}
