import { randomBytes } from 'node:crypto';
import { Client } from 'pg';
import { dataSource } from '#database';

/** A migrated database of its own on the server that `MUSTER_BENCH_DATABASE_URL` names. */
export async function benchDatabase(): Promise<{ url: string; drop(): Promise<void> }> {
  const server = process.env['MUSTER_BENCH_DATABASE_URL'];
  if (!server) throw new Error('MUSTER_BENCH_DATABASE_URL is not set: run the benchmarks with npm run bench');
  const name = `bench_${randomBytes(6).toString('hex')}`;
  await admin(server, `CREATE DATABASE ${name}`);
  const url = new URL(server);
  url.pathname = `/${name}`;
  const source = await dataSource({ url: url.href }).initialize();
  await source.runMigrations();
  await source.destroy();
  return { url: url.href, drop: () => admin(server, `DROP DATABASE ${name} WITH (FORCE)`) };
}

async function admin(server: string, statement: string): Promise<void> {
  const client = new Client({ connectionString: server });
  await client.connect();
  await client.query(statement);
  await client.end();
}
