import { performance } from 'node:perf_hooks';
import type { Surroundings } from '#domain';
import { type AddressChoices, Addresses, DeviceAndPlace } from '#pipeline';
import { Devices, Places } from '#platform';
import { median } from './support/statistics.js';

const ADDRESSES = 10_000;
const USER_AGENTS = 200;
const UPDATES = 200_000;
const TURNS = 5;

/** Microseconds an update. */
const LIMIT = 10;

/** Every eleventh address is IPv6, as a few of the world's are in the database; user agents are some much more than others. */
const address = (i: number): string =>
  i % 11 === 0 ? `2a00:${(0x1000 + (i % 4_096)).toString(16)}::${i.toString(16)}` : ipv4(i);
const ipv4 = (i: number): string => [1 + (i % 222), (i * 7) % 256, (i * 13) % 256, (i * 31) % 256].join('.');
const userAgent = (i: number): string =>
  `Mozilla/5.0 (${SYSTEMS[i % SYSTEMS.length]}) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/${100 + i}.0.0.0 Safari/537.36`;
const SYSTEMS = [
  'Macintosh; Intel Mac OS X 10_15_7',
  'Windows NT 10.0; Win64; x64',
  'X11; Linux x86_64',
  'Linux; Android 14; Pixel 8',
];

/** No workspace has chosen anything: what is measured is the reading of texts, not of settings. */
const choices = { find: async () => 'full' } as unknown as AddressChoices;
const logger = {
  failure(_: string, error: unknown): void {
    throw error;
  },
};

const addresses = Array.from({ length: ADDRESSES }, (_, i) => address(i));
const userAgents = Array.from({ length: USER_AGENTS }, (_, i) => userAgent(i));
const updates = Array.from({ length: UPDATES }, (): Surroundings => {
  const few = Math.floor(USER_AGENTS * Math.random() ** 3);
  const ip = addresses[Math.floor(Math.random() * ADDRESSES)];
  return { platform: 'web', ip, userAgent: userAgents[few], language: 'en-IE', timezone: 'Europe/Dublin' };
});

const rss = () => Math.round(process.memoryUsage.rss() / 2 ** 20);
const before = rss();
const places = new Places(logger);
const started = performance.now();
await places.find('8.8.8.8');
await places.find('2a00:1450:4001::200e');
console.log(
  `both files read in ${Math.round(performance.now() - started)} ms: ${before} MiB of memory before, ${rss()} after`,
);

const sights = new DeviceAndPlace(new Devices(), new Addresses(places, choices));
report('every address and user agent seen for the first time', await measure(coldUpdates()));
const turns: number[] = [];
for (let turn = 0; turn < TURNS; turn++) turns.push(await measure(updates));
report(`${ADDRESSES} addresses, ${USER_AGENTS} user agents, warm`, median(turns), LIMIT);
console.log(`${rss()} MiB of memory at the end`);

function coldUpdates(): Surroundings[] {
  return addresses.map((ip, i) => ({ platform: 'web', ip, userAgent: userAgents[i] }));
}

/** Microseconds an update. */
async function measure(list: readonly Surroundings[]): Promise<number> {
  const start = performance.now();
  for (const seen of list) await sights.describe(1, seen);
  return ((performance.now() - start) * 1_000) / list.length;
}

function report(name: string, micros: number, limit?: number): void {
  const verdict = limit === undefined ? '' : `  limit ${limit} µs  ${micros <= limit ? 'reached' : 'MISSED'}`;
  console.log(`${name.padEnd(56)} ${micros.toFixed(2).padStart(7)} µs${verdict}`);
}
