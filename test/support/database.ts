import { createHash, randomBytes } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Client } from 'pg';
import { Database, dataSource } from '#database';

export interface TestDatabase {
  readonly url: string;
  readonly database: Database;
  /** Closes the connections and drops the database. */
  drop(): Promise<void>;
}

/**
 * A fresh, migrated database in the throw-away Postgres of the test run (`MUSTER_TEST_DATABASE_URL`), cloned from a
 * template, so that test files never see each other.
 */
export async function testDatabase(): Promise<TestDatabase> {
  const name = `test_${randomBytes(6).toString('hex')}`;
  await admin(async (client) => {
    const template = await migratedTemplate(client);
    await client.query(`CREATE DATABASE ${name} TEMPLATE ${template}`);
  });
  const url = withDatabase(name);
  const source = await dataSource({ url, name: 'test' }).initialize();
  const database = new Database(source);
  return {
    url,
    database,
    async drop() {
      await database.close();
      await admin((client) => client.query(`DROP DATABASE ${name} WITH (FORCE)`));
    },
  };
}

/** The template of these very migrations: whoever needs it first makes it, the others wait. */
async function migratedTemplate(client: Client): Promise<string> {
  const name = `template_${migrationsHash()}`;
  await client.query(`SELECT pg_advisory_lock(hashtext('template'))`);
  const found = await client.query('SELECT FROM pg_database WHERE datname = $1', [name]);
  if (found.rowCount === 0) {
    await client.query(`CREATE DATABASE ${name}_making`);
    const source = await dataSource({ url: withDatabase(`${name}_making`) }).initialize();
    await source.runMigrations();
    await source.destroy();
    await client.query(`ALTER DATABASE ${name}_making RENAME TO ${name}`);
  }
  return name;
}

function migrationsHash(): string {
  const folder = join(process.cwd(), 'libs/database/src/migrations');
  const hash = createHash('sha256');
  for (const file of readdirSync(folder).sort()) hash.update(readFileSync(join(folder, file)));
  return hash.digest('hex').slice(0, 12);
}

async function admin<T>(work: (client: Client) => Promise<T>): Promise<T> {
  const client = new Client({ connectionString: process.env['MUSTER_TEST_DATABASE_URL'] });
  await client.connect();
  try {
    return await work(client);
  } finally {
    await client.end();
  }
}

function withDatabase(name: string): string {
  const url = new URL(process.env['MUSTER_TEST_DATABASE_URL'] ?? '');
  url.pathname = `/${name}`;
  return url.href;
}
