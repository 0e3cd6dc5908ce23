import type { ChildProcess } from 'node:child_process';
import { closeSync, existsSync, openSync, readFileSync, rmSync, statSync } from 'node:fs';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { dataOf, spawnBinary } from './cluster.js';
import type { Installation } from './installation.js';
import { argumentsOf, ended, startOf } from './process-table.js';

/** Settings of Postgres by name. */
export type Settings = Readonly<Record<string, string>>;

export interface LaunchOptions {
  readonly settings: Settings;
  /** The path of Postgres' log. */
  readonly log: string;
  /** 0: any free one. */
  readonly port: number;
  /** Aborted when the start is given up. */
  readonly signal: AbortSignal;
}

export interface Server {
  readonly child: ChildProcess;
  readonly port: number;
}

/** A log that has grown beyond this many bytes starts anew. */
const LOG_LIMIT = 10 * 1024 * 1024;

/** Another program took the port a moment ago, or the last backends of a killed Postgres are still on their way out. */
const TRANSIENT = /could not bind|could not create any TCP\/IP|pre-existing shared memory block/;
const TRANSIENT_MS = 5_000;

/** How long each way of stopping may take, in milliseconds: fast, immediate (recovers at the next start), killed. */
const STOPS = [
  ['SIGINT', 2_500],
  ['SIGQUIT', 1_000],
  ['SIGKILL', 1_000],
] as const;

/** Starts Postgres and waits until it takes connections, recovery included. */
export async function launch(installation: Installation, options: LaunchOptions): Promise<Server> {
  const deadline = Date.now() + TRANSIENT_MS;
  for (;;) {
    const from = startLog(options.log);
    const server = await spawnServer(installation, options);
    if (await becomesReady(server.child, installation, options.signal)) return server;
    const reason = readFileSync(options.log, 'utf8').slice(from).trim().split('\n').at(-1) ?? '';
    options.signal.throwIfAborted();
    if (!TRANSIENT.test(reason) || Date.now() > deadline)
      throw new Error(`Postgres did not start: ${reason} (its log is ${options.log})`);
    await sleep(200);
  }
}

/** Ends a Postgres that outlived its Muster, or clears away the pid file that it left, should another program have its pid by now. */
export async function endOrphan(installation: Installation): Promise<void> {
  const data = dataOf(installation);
  const [pid] = pidFile(data);
  if (pid === undefined || startOf(Number(pid)) === undefined) return;
  if (argumentsOf(Number(pid)).includes(`-D ${data} `)) await endServer(Number(pid));
  else rmSync(join(data, 'postmaster.pid'));
}

/** Stops Postgres, the gentlest way first. Whoever is still connected is cut off. */
export async function endServer(pid: number): Promise<void> {
  for (const [signal, timeoutMs] of STOPS) {
    if (startOf(pid) === undefined) return;
    process.kill(pid, signal);
    if (await ended(pid, timeoutMs)) return;
  }
}

async function spawnServer(installation: Installation, options: LaunchOptions): Promise<Server> {
  const port = options.port || (await freePort());
  const settings = Object.entries(options.settings).flatMap(([name, value]) => ['-c', `${name}=${value}`]);
  const log = openSync(options.log, 'a', 0o600);
  const child = spawnBinary(
    installation,
    'postgres',
    ['-D', dataOf(installation), '-p', `${port}`, '-k', '', ...settings],
    log,
  );
  closeSync(log);
  // A failed spawn has no pid and never becomes ready, which is how it is noticed.
  child.once('error', () => undefined);
  return { child, port };
}

/** Postgres tells its state in the last line of its pid file, which may still be another's for a moment. */
async function becomesReady(child: ChildProcess, installation: Installation, signal: AbortSignal) {
  while (isRunning(child)) {
    const lines = pidFile(dataOf(installation));
    if (lines[0] === `${child.pid}` && lines[7]?.trim() === 'ready') return true;
    if (signal.aborted) await endServer(child.pid);
    await sleep(20);
  }
  return false;
}

function isRunning(child: ChildProcess): child is ChildProcess & { pid: number } {
  return child.pid !== undefined && child.exitCode === null && child.signalCode === null;
}

function pidFile(data: string): string[] {
  const path = join(data, 'postmaster.pid');
  return existsSync(path) ? readFileSync(path, 'utf8').split('\n') : [];
}

function startLog(path: string): number {
  const size = existsSync(path) ? statSync(path).size : 0;
  if (size < LOG_LIMIT) return size;
  rmSync(path);
  return 0;
}

/** A port that was free a moment ago. */
async function freePort(): Promise<number> {
  const probe = createServer();
  await new Promise<void>((resolve) => probe.listen(0, '127.0.0.1', resolve));
  const address = probe.address();
  await new Promise((resolve) => probe.close(resolve));
  return typeof address === 'object' && address ? address.port : 0;
}
