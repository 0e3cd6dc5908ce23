import type { DataSource } from 'typeorm';
import { messageOf, StartError } from '#platform';
import { dataSource } from './data-source.js';
import { migrations } from './migrations/index.js';

/** Any number, as long as it is the same in every process that migrates. */
const MIGRATION_LOCK = 7_736_001;

const OLDEST_POSTGRES = 15;

/**
 * Brings the tables up to date. Processes that start together take turns.
 * @throws {StartError} when Postgres is not there or too old, or a newer Muster has been at the data
 */
export async function migrate(url: string): Promise<void> {
  await withSource(url, async (source) => {
    // Held until the connection closes.
    await source.createQueryRunner().query('SELECT pg_advisory_lock($1)', [MIGRATION_LOCK]);
    const { pending, unknown } = await migrationsOf(source);
    if (unknown) throw newerData(unknown);
    if (pending) await source.runMigrations();
  });
}

/**
 * Newer tables are no obstacle: while a new version is rolled out, or back, old processes start on them.
 * @throws {StartError} when Postgres is not there or too old, or its tables are older than this version
 */
export async function assertMigrated(url: string): Promise<void> {
  await withSource(url, async (source) => {
    const { pending } = await migrationsOf(source);
    if (pending)
      throw new StartError('the tables of DATABASE_URL are not up to date: run npm run migrate first');
  });
}

/** Whether some of ours have not run there, and one that has run but is not ours. */
async function migrationsOf(source: DataSource): Promise<{ pending: boolean; unknown: string | undefined }> {
  const ours = migrations.map((migration) => migration.name);
  const [table] = await source.query<{ found: boolean }[]>(
    `SELECT to_regclass('migration') IS NOT NULL AS found`,
  );
  const ran = table?.found ? await source.query<{ name: string }[]>('SELECT name FROM migration') : [];
  const names = new Set(ran.map((row) => row.name));
  return {
    pending: ours.some((name) => !names.has(name)),
    unknown: [...names].find((name) => !ours.includes(name)),
  };
}

function newerData(migration: string): StartError {
  return new StartError(
    `the data was written by a newer Muster (${migration} is unknown to this one): update Muster, ` +
      'or set MUSTER_DATA_DIR (or DATABASE_URL) to another place',
  );
}

async function withSource(url: string, work: (source: DataSource) => Promise<void>): Promise<void> {
  const source = dataSource({ url, poolSize: 2, name: 'muster-migrate' });
  try {
    await source.initialize();
  } catch (error) {
    throw new StartError(
      `cannot connect to Postgres at ${new URL(url).host} (${messageOf(error)}): start it, or correct DATABASE_URL`,
    );
  }
  try {
    await assertRecent(source);
    await work(source);
  } finally {
    await source.destroy();
  }
}

async function assertRecent(source: DataSource): Promise<void> {
  const [server] = await source.query<{ version: string }[]>(
    `SELECT current_setting('server_version') AS version`,
  );
  if (Number.parseInt(server?.version ?? '', 10) < OLDEST_POSTGRES)
    throw new StartError(
      `Postgres ${server?.version} is too old: DATABASE_URL must lead to Postgres ${OLDEST_POSTGRES} or newer`,
    );
}
