import { createHash } from 'node:crypto';
import { Database, dataSource, migrate, WorkspaceRepository } from '#database';
import type { Environment } from '#platform';
import { migrateQueue } from '#queue';

/** Brings the tables up to date: ours, and those of the queue where it lives in Postgres. */
export async function prepareDatabase(url: string, { REDIS_URL }: Environment): Promise<void> {
  await migrate(url);
  if (!REDIS_URL) await migrateQueue(url);
}

/** Makes sure that the first workspace exists and that the token opens it. Only the token's SHA-256 is kept. */
export async function ensureWorkspace(url: string, appId: string, token: string): Promise<void> {
  const database = new Database(await dataSource({ url, poolSize: 1 }).initialize());
  try {
    const sha256 = createHash('sha256').update(token).digest('hex');
    await new WorkspaceRepository(database).ensureFirst(appId, sha256);
  } finally {
    await database.close();
  }
}
