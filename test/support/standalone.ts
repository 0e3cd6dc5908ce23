import { type ChildProcess, execFileSync, spawn } from 'node:child_process';
import { chmodSync, existsSync, mkdtempSync, readFileSync, realpathSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { waitFor } from './wait-for.js';

const MAIN = 'dist/apps/standalone/src/main.js';
const READY_MS = 60_000;

/** What `npm start` starts, in a process of its own. `scripts/test.mjs` has compiled it. */
export class Standalone {
  output = '';
  exitCode: number | null | undefined;

  private constructor(readonly child: ChildProcess) {
    for (const stream of [child.stdout, child.stderr])
      stream?.on('data', (chunk: Buffer) => (this.output += chunk.toString()));
    child.once('close', (code) => (this.exitCode = code));
  }

  /** @param settings environment variables; nothing else is passed on but the PATH */
  static start(settings: Readonly<Record<string, string>>): Standalone {
    const env = { PATH: process.env['PATH'], LOG_LEVEL: 'error', PORT: '0', ...settings };
    return new Standalone(spawn(process.execPath, [MAIN], { env, stdio: ['ignore', 'pipe', 'pipe'] }));
  }

  static async ready(settings: Readonly<Record<string, string>>): Promise<Standalone> {
    const muster = Standalone.start(settings);
    await waitFor(() => {
      if (muster.exitCode !== undefined) throw new Error(`Muster did not start: ${muster.output}`);
      return muster.output.includes('Ctrl-C');
    }, READY_MS);
    return muster;
  }

  get address(): string {
    return /API +(\S+)/.exec(this.output)?.[1] ?? '';
  }

  get token(): string {
    return /Token +(\S+)/.exec(this.output)?.[1] ?? '';
  }

  get curls(): string[] {
    return this.output.split('\n').filter((line) => line.startsWith('curl '));
  }

  /** Sends a signal and waits until the process has ended. @returns how long that took, in milliseconds */
  async end(signal: NodeJS.Signals): Promise<number> {
    const before = Date.now();
    this.child.kill(signal);
    await this.ended();
    return Date.now() - before;
  }

  async ended(): Promise<number | null> {
    await waitFor(() => this.exitCode !== undefined, READY_MS);
    return this.exitCode ?? null;
  }
}

/** A directory for data that Postgres' user can reach. */
export function newDataDir(): string {
  const directory = mkdtempSync(join(tmpdir(), 'muster-data-'));
  chmodSync(directory, 0o755);
  return directory;
}

/** Ends what a failed test left running, and removes what it kept. */
export function removeDataDir(dataDir: string): void {
  for (const pid of processesOf(dataDir)) process.kill(pid, 'SIGKILL');
  const place = join(dataDir, 'postgres');
  if (existsSync(place)) rmSync(realpathSync(place), { recursive: true, force: true });
  rmSync(dataDir, { recursive: true, force: true });
}

/** The processes that have the directory on their command line: Postgres, and what makes its database. */
export function processesOf(dataDir: string): number[] {
  const place = join(dataDir, 'postgres');
  const home = existsSync(place) ? realpathSync(place) : place;
  return execFileSync('ps', ['-e', '-ww', '-o', 'pid=,stat=,args='], { encoding: 'utf8' })
    .split('\n')
    .map((line) => /^ *(\d+) +([A-Z])\S* +(.*)$/.exec(line) ?? [])
    .filter(([, , state, args]) => state !== 'Z' && args?.includes(home))
    .map(([, pid]) => Number(pid));
}

/** The connection string of a running embedded Postgres. */
export function embeddedUrl(dataDir: string): string {
  const home = join(dataDir, 'postgres');
  const port = readFileSync(join(home, 'data/postmaster.pid'), 'utf8').split('\n')[3];
  const password = readFileSync(join(home, 'password'), 'utf8').trim();
  return `postgres://muster:${password}@127.0.0.1:${port}/postgres`;
}
