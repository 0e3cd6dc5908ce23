import { type ChildProcess, spawn, spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe } from '@jest/globals';
import { Redis } from 'ioredis';

const serverFound = spawnSync('redis-server', ['--version'], { stdio: 'ignore' }).status === 0;

/** Describes behaviour on a Redis that may be killed: skipped where `redis-server` is not installed. */
export const describeWithRedisServer = serverFound ? describe : describe.skip;

/** Describes behaviour on any Redis: skipped where there is neither `redis-server` nor `REDIS_URL`. */
export const describeWithRedis = serverFound || process.env['REDIS_URL'] ? describe : describe.skip;

export interface TestRedis {
  readonly url: string;
  readonly client: Redis;
  /** SIGKILL: whatever it held is gone, for it never writes to disk. */
  kill(): Promise<void>;
  /** Starts again on the same port, empty. */
  restart(): Promise<void>;
  stop(): Promise<void>;
}

/** A Redis of its own on a free port, with `noeviction` as BullMQ wants it; without `redis-server`, a database of `REDIS_URL`. */
export async function testRedis(): Promise<TestRedis> {
  if (!serverFound) return borrowedRedis();
  const port = await freePort();
  const directory = mkdtempSync(join(tmpdir(), 'muster-redis-'));
  let server = start(port, directory);
  const client = new Redis(port, '127.0.0.1', { maxRetriesPerRequest: null });
  client.on('error', () => undefined);
  await client.ping();
  const kill = async (): Promise<void> => {
    if (server.exitCode === null && server.signalCode === null) {
      const ended = new Promise((resolve) => server.once('exit', resolve));
      server.kill('SIGKILL');
      await ended;
    }
  };
  return {
    url: `redis://127.0.0.1:${port}`,
    client,
    kill,
    async restart() {
      await kill();
      server = start(port, directory);
      await client.ping();
    },
    async stop() {
      client.disconnect();
      await kill();
      rmSync(directory, { recursive: true, force: true });
    },
  };
}

/** One database for each of jest's workers, emptied. */
async function borrowedRedis(): Promise<TestRedis> {
  const url = new URL(process.env['REDIS_URL'] ?? '');
  url.pathname = `/${process.env['JEST_WORKER_ID'] ?? 0}`;
  const client = new Redis(url.href, { maxRetriesPerRequest: null });
  await client.flushdb();
  const refuse = () => Promise.reject(new Error('REDIS_URL is not ours to kill: describeWithRedisServer'));
  return {
    url: url.href,
    client,
    kill: refuse,
    restart: refuse,
    async stop() {
      client.disconnect();
    },
  };
}

function start(port: number, directory: string): ChildProcess {
  const options = [
    '--port',
    `${port}`,
    '--bind',
    '127.0.0.1',
    '--save',
    '',
    '--appendonly',
    'no',
    '--dir',
    directory,
  ];
  return spawn('redis-server', [...options, '--maxmemory-policy', 'noeviction'], { stdio: 'ignore' });
}

/** A port that was free a moment ago. */
export async function freePort(): Promise<number> {
  const probe = createServer();
  await new Promise<void>((resolve) => probe.listen(0, '127.0.0.1', resolve));
  const address = probe.address();
  await new Promise((resolve) => probe.close(resolve));
  return typeof address === 'object' && address ? address.port : 0;
}
