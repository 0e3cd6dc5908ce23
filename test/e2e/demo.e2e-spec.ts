import { execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, describe, expect, it, jest } from '@jest/globals';
import { testApi, type TestApi } from '../support/api.js';
import { TOKEN } from '../support/config.js';
import { testDatabase, type TestDatabase } from '../support/database.js';
import { Processes } from '../support/processes.js';
import { waitFor } from '../support/wait-for.js';

/** A story is 20 seconds long, and its server starts first; on a busy machine it takes its time. */
jest.setTimeout(120_000);

/** `npm run demo`, as its user sees it: the environment in, lines and an exit code out. */
class Demo {
  output = '';
  private readonly child;
  private readonly closed: Promise<unknown[]>;

  constructor(settings: Readonly<Record<string, string>>) {
    this.child = spawn(process.execPath, ['dist/demo/demo.js'], {
      env: { PATH: process.env['PATH'], ...settings },
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    for (const stream of [this.child.stdout, this.child.stderr])
      stream.on('data', (chunk: Buffer) => (this.output += chunk.toString()));
    this.closed = once(this.child, 'close');
  }

  async says(text: string): Promise<void> {
    await waitFor(() => this.output.includes(text), 60_000);
  }

  interrupt(): void {
    this.child.kill('SIGINT');
  }

  async end(): Promise<number> {
    return Number((await this.closed)[0]);
  }
}

/** Every webhook of the story. Within a step they may overtake each other. */
const WEBHOOKS = [
  /<- ping +to try the endpoint +verified +\d+ ms/,
  /<- contact.user.created +Ada +#1 +verified +\d+ ms/,
  /<- segment.entered +Ada: Trying it out +#2 +verified +\d+ ms/,
  /<- contact.user.created +Bob +#1 +verified +\d+ ms/,
  /<- segment.entered +Bob: Trying it out +#2 +verified +\d+ ms/,
  /<- segment.entered +Bob: Active right now +#3 +verified +\d+ ms/,
  /<- event.created +Ada purchased +#3 +verified +\d+ ms/,
  /<- event.created +Ada purchased +#4 +verified +\d+ ms/,
  /<- segment.entered +Ada: Buyers +#5 +verified +\d+ ms/,
  /<- contact.user.updated +Ada +#6 +verified +\d+ ms/,
  /<- segment.left +Ada: Trying it out +#7 +verified +\d+ ms/,
  /<- segment.left +Bob: Active right now, by the clock +#4 +verified +\d+ ms/,
];

describe('the demo with a server of its own', () => {
  let directory: string;
  const processes = () => execFileSync('ps', ['-e', '-ww', '-o', 'args='], { encoding: 'utf8' });

  beforeAll(() => {
    directory = mkdtempSync(join(tmpdir(), 'muster-demo-test-'));
  });
  afterEach(() => {
    expect(readdirSync(directory)).toEqual([]);
    expect(processes()).not.toContain(directory);
  });
  afterAll(() => rmSync(directory, { recursive: true }));

  it('tells its story and leaves nothing behind', async () => {
    const demo = new Demo({ TMPDIR: directory });
    const code = await demo.end();
    for (const webhook of WEBHOOKS) expect(demo.output).toMatch(webhook);
    expect(demo.output).toMatch(/^All 12 expected webhooks arrived, 12 verified/m);
    expect(demo.output).toMatch(/^From request to webhook: p50 \d+ ms, max \d+ ms\.$/m);
    expect(code).toBe(0);
  });

  it('leaves nothing behind when it is interrupted', async () => {
    const demo = new Demo({ TMPDIR: directory });
    await demo.says('It is ready');
    demo.interrupt();
    expect(await demo.end()).toBe(1);
    expect(demo.output).toContain('\ndemo: interrupted\n');
  });
});

describe('the demo with a running server', () => {
  let store: TestDatabase;
  let processes: Processes;

  beforeAll(async () => {
    store = await testDatabase();
    processes = await Processes.start(store.url);
  });
  afterAll(async () => {
    await processes.stop();
    await store.drop();
  });

  it('removes its endpoint and segments, even when it is interrupted', async () => {
    const demo = new Demo({ MUSTER_URL: processes.url, MUSTER_TOKEN: TOKEN });
    await demo.says('#7');
    demo.interrupt();
    expect(await demo.end()).toBe(1);
    for (const path of ['/endpoints', '/segments']) {
      const list = (await (await processes.send('GET', path)).json()) as Record<string, unknown>;
      expect(list['data'] ?? list['segments']).toEqual([]);
    }
  });
});

describe('the demo with a server that nothing delivers for', () => {
  let api: TestApi;
  let url: string;

  beforeAll(async () => {
    api = await testApi();
    url = await api.app.getUrl();
  });
  afterAll(() => api.close());

  it('says that the token is wrong', async () => {
    const demo = new Demo({ MUSTER_URL: url, MUSTER_TOKEN: 'the-token-of-another-server' });
    expect(await demo.end()).toBe(1);
    expect(demo.output).toContain(
      `demo: ${url} refuses the token (The access token opens no workspace): set`,
    );
  });

  it('says which webhooks did not arrive, and why', async () => {
    const demo = new Demo({ MUSTER_URL: url, MUSTER_TOKEN: TOKEN });
    expect(await demo.end()).toBe(1);
    expect(demo.output).toContain('demo: not arrived within 10 s:\n  ping  to try the endpoint\n');
    expect(demo.output).toContain('Muster has not tried to deliver ping: does its dispatcher run?');
  });

  it.each([
    [{ MUSTER_URL: 'localhost' }, 'MUSTER_URL is localhost: expected an address'],
    [{ MUSTER_URL: 'http://127.0.0.1:3000' }, 'MUSTER_TOKEN is not set'],
  ])('says what is wrong with %j', async (settings, message) => {
    const demo = new Demo(settings);
    expect(await demo.end()).toBe(1);
    expect(demo.output).toContain(`demo: ${message}`);
  });
});
