import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { testDatabase, type TestDatabase } from '../../../test/support/database.js';
import { assertMigrated, migrate } from './migrate.js';

describe('migrating', () => {
  let store: TestDatabase;

  beforeEach(async () => {
    store = await testDatabase();
  });

  afterEach(() => store.drop());

  const emptied = () => store.database.query('DROP SCHEMA public CASCADE; CREATE SCHEMA public');

  it('is done once, however many start together', async () => {
    await emptied();
    await Promise.all([migrate(store.url), migrate(store.url), migrate(store.url)]);
    const [ran] = await store.database.query(
      'SELECT count(*)::int AS all, count(DISTINCT name)::int AS names FROM migration',
    );
    expect(ran?.['all']).toBe(ran?.['names']);
    await expect(assertMigrated(store.url)).resolves.toBeUndefined();
  });

  it('refuses the data of a newer version, naming what it does not know', async () => {
    await store.database.query(`INSERT INTO migration (timestamp, name) VALUES (9, 'TheFuture9')`);
    await expect(migrate(store.url)).rejects.toThrow(/newer Muster \(TheFuture9/);
    await expect(assertMigrated(store.url)).resolves.toBeUndefined();
  });

  it('is asked for by a process that finds no tables', async () => {
    await emptied();
    await expect(assertMigrated(store.url)).rejects.toThrow('run npm run migrate');
  });

  it('says where Postgres was looked for', async () => {
    await expect(migrate('postgres://muster@127.0.0.1:9/muster')).rejects.toThrow(
      /cannot connect to Postgres at 127.0.0.1:9 .*connect ECONNREFUSED/,
    );
  });
});
