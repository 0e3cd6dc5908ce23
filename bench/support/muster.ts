import { createHash } from 'node:crypto';
import { Database, dataSource, WorkspaceRepository } from '#database';
import { migrateQueue } from '#queue';
import { Client } from './client.js';
import { answers, end, freePort, run } from './child.js';

export const TOKEN = 'a-token-that-only-benchmarks-use';

export interface RunningMuster {
  readonly client: Client;
  stop(): Promise<void>;
}

/** A Muster over this database: all in one process, or its `api` alone. */
export async function startMuster(
  app: 'standalone' | 'api',
  databaseUrl: string,
  redisUrl?: string,
): Promise<RunningMuster> {
  await prepareDatabase(databaseUrl);
  const port = await freePort();
  const settings = {
    PORT: `${port}`,
    DATABASE_URL: databaseUrl,
    ...(redisUrl ? { REDIS_URL: redisUrl } : {}),
    MUSTER_TOKEN: TOKEN,
    MUSTER_SECRET_KEY: 'a secret key that only benchmarks use',
    MUSTER_ALLOW_TARGETS: '127.0.0.0/8',
    LOG_LEVEL: 'warn',
  };
  const child = run(`apps/${app}/src/main.js`, settings);
  const client = new Client(`http://127.0.0.1:${port}`, TOKEN);
  await answers(`${client.url}/health/live`);
  return { client, stop: () => end(child) };
}

/** What `npm run migrate` and the first start do: the queue's tables, a workspace and its token. */
async function prepareDatabase(url: string): Promise<void> {
  await migrateQueue(url);
  const database = new Database(await dataSource({ url }).initialize());
  await new WorkspaceRepository(database).ensureFirst(
    'demo',
    createHash('sha256').update(TOKEN).digest('hex'),
  );
  await database.close();
}
