import {
  createPostgresBackend,
  createRedisBackend,
  type QueueOptions,
  runMigrations,
  setDefaultBackendFactory,
} from 'bullmq';
import { Client, Pool } from 'pg';
import type { Config } from '#platform';

/** BullMQ's tables live in a schema of their own, beside Muster's. */
const SCHEMA = 'bullmq';

/** Where the queues of a process live, and how to leave. */
export interface QueueBackend {
  readonly connection: QueueOptions['connection'];
  close(): Promise<void>;
}

/** Redis where `REDIS_URL` names one, otherwise BullMQ's Postgres backend over one pool for the whole process. */
export function openBackend(config: Pick<Config, 'DATABASE_URL' | 'REDIS_URL'>): QueueBackend {
  setDefaultBackendFactory((name, options, factoryOptions) =>
    isPool(options.connection)
      ? createPostgresBackend(name, options as Parameters<typeof createPostgresBackend>[1], factoryOptions)
      : createRedisBackend(name, options, factoryOptions),
  );
  if (config.REDIS_URL)
    return { connection: redisConnection(config.REDIS_URL), close: async () => undefined };
  const pool = queuePool(config.DATABASE_URL);
  return { connection: pool as unknown as QueueOptions['connection'], close: () => pool.end() };
}

/** Brings BullMQ's own tables up to date. Safe to run from several processes at once; nothing to do on Redis. */
export async function migrateQueue(databaseUrl: string): Promise<void> {
  const client = new Client({ connectionString: databaseUrl });
  await client.connect();
  try {
    await runMigrations(client, SCHEMA);
  } finally {
    await client.end();
  }
}

/** A worker keeps one connection for itself, to listen on; the rest is shared by all queues. */
function queuePool(connectionString: string): Pool {
  const pool = new Pool({
    connectionString,
    max: 12,
    keepAlive: true,
    connectionTimeoutMillis: 5_000,
    application_name: 'muster-queue',
    options: `-c search_path=${SCHEMA}`,
  });
  // BullMQ reports a lost connection through its queues and workers; unheard here, it would end the process.
  pool.on('error', () => undefined);
  // Each queue and each worker adds a listener of its own.
  pool.setMaxListeners(0);
  return pool;
}

/** Commands fail at once while Redis is away, instead of waiting in memory: a hint is not worth keeping. */
function redisConnection(url: string): QueueOptions['connection'] {
  return { url, enableOfflineQueue: false, connectTimeout: 5_000 } as QueueOptions['connection'];
}

const isPool = (connection: unknown): connection is Pool => connection instanceof Pool;
