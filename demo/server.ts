import { type ChildProcess, execFile, spawn } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { chmodSync, existsSync, mkdtempSync, realpathSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { DemoError } from './demo-error.js';

const run = promisify(execFile);

/** A Muster to talk to. */
export interface Server {
  readonly url: string;
  readonly token: string;
}

const MAIN = fileURLToPath(new URL('../apps/standalone/src/main.js', import.meta.url));
const VERIFY = fileURLToPath(new URL('../apps/standalone/src/verify.js', import.meta.url));

/** Emptied, these count as unset: whatever the user's own server is told must not reach this one. */
const UNSET = [
  'HOST',
  'DATABASE_URL',
  'REDIS_URL',
  'MUSTER_APP_ID',
  'MUSTER_SECRET_KEY',
  'MUSTER_ALLOW_TARGETS',
];

/** The running server that the environment names, if it names one. @throws {DemoError} when that is not enough to reach it */
export function givenServer({ MUSTER_URL: url, MUSTER_TOKEN: token }: NodeJS.ProcessEnv): Server | undefined {
  if (!url) return undefined;
  if (!URL.canParse(url) || !/^https?:/.test(url))
    throw new DemoError(`MUSTER_URL is ${url}: expected an address such as http://127.0.0.1:3000`);
  if (!token)
    throw new DemoError(
      'MUSTER_TOKEN is not set: set it to the token that npm start printed where MUSTER_URL is',
    );
  return { url: url.replace(/\/+$/, ''), token };
}

/** What `npm start` starts, on a free port, over data that is thrown away. */
export class OwnServer implements Server {
  readonly token = `demo_${randomBytes(24).toString('hex')}`;
  private readonly dataDir = mkdtempSync(join(tmpdir(), 'muster-demo-'));
  private child: ChildProcess | undefined;
  private address = '';

  get url(): string {
    return this.address;
  }

  /** Resolves when it is ready. @throws {DemoError} with what it said, when it does not start */
  async start(signal: AbortSignal): Promise<void> {
    signal.throwIfAborted();
    // When root starts it, Postgres runs as another user, who must be able to enter.
    chmodSync(this.dataDir, 0o755);
    this.child = spawn(process.execPath, [MAIN], {
      env: { ...process.env, ...this.settings() },
      stdio: ['ignore', 'pipe', 'pipe'],
      // Out of the terminal's reach: Ctrl-C is for the demo, which then ends its server, once.
      detached: true,
    });
    this.address = await addressOf(this.child, signal);
  }

  /** What `npm run verify` says of it. @throws {DemoError} when it finds a difference */
  async verify(): Promise<string> {
    const env = { ...process.env, ...this.settings() };
    const { stdout } = await run(process.execPath, [VERIFY], { env }).catch((error: { stdout?: string }) => {
      throw new DemoError(`npm run verify found differences:\n${error.stdout ?? ''}`);
    });
    return stdout.trim();
  }

  /** Ends it, wherever its start has got to, and removes what it kept. */
  async stop(): Promise<void> {
    const { child } = this;
    if (child && child.exitCode === null && child.signalCode === null) {
      child.kill('SIGTERM');
      await once(child, 'exit');
    }
    // A link, where Postgres' user could not have reached the directory.
    const postgres = join(this.dataDir, 'postgres');
    if (existsSync(postgres)) rmSync(realpathSync(postgres), { recursive: true, force: true });
    rmSync(this.dataDir, { recursive: true, force: true });
  }

  private settings(): Record<string, string> {
    const unset = Object.fromEntries(UNSET.map((name) => [name, '']));
    return {
      ...unset,
      PORT: '0',
      MUSTER_DATA_DIR: this.dataDir,
      MUSTER_TOKEN: this.token,
      LOG_LEVEL: 'error',
    };
  }
}

/** The address that a starting server prints when it is ready. */
function addressOf(child: ChildProcess, signal: AbortSignal): Promise<string> {
  return new Promise((resolve, reject) => {
    let said = '';
    const listen = (chunk: Buffer) => {
      said += chunk.toString();
      const address = /^ *API +(http\S+)\s/m.exec(said)?.[1];
      if (address) resolve(address);
    };
    child.stdout?.on('data', listen);
    child.stderr?.on('data', listen);
    child.once('error', reject);
    child.once('close', () => reject(new DemoError(`the demo's own server did not start:\n${said.trim()}`)));
    signal.addEventListener('abort', () => reject(signal.reason as Error), { once: true });
  });
}
