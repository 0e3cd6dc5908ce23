import { afterAll, beforeAll, expect, it } from '@jest/globals';
import type { DataSource, QueryRunner } from 'typeorm';
import { testDatabase, type TestDatabase } from '../../../../test/support/database.js';
import { dataSource } from '../data-source.js';
import { ThePipe1764000000001 } from './0001-the-pipe.js';
import { People1764000000002 } from './0002-people.js';

let store: TestDatabase;
let source: DataSource;
beforeAll(async () => {
  store = await testDatabase();
  source = await dataSource({ url: store.url }).initialize();
});
afterAll(async () => {
  await source.destroy();
  await store.drop();
});

/** The tables as they were, before the people came. */
async function before(runner: QueryRunner): Promise<void> {
  await runner.query('DROP SCHEMA public CASCADE; CREATE SCHEMA public');
  await new ThePipe1764000000001().up(runner);
  await runner.query(`INSERT INTO workspace (app_id) VALUES ('one'), ('two')`);
}

it('declares the names of events that were sent already, by workspace', async () => {
  const runner = source.createQueryRunner();
  await before(runner);
  await runner.query(
    `INSERT INTO event_summary (lane, contact_id, name, workspace_id, count, first_at, last_at)
     SELECT 0, decode(id, 'hex'), name, workspace_id, 1, now(), now()
     FROM (VALUES ('01', 'bought', 1), ('01', 'read', 1), ('02', 'bought', 1), ('03', 'bought', 2))
       AS s (id, name, workspace_id)`,
  );
  await new People1764000000002().up(runner);

  expect(await runner.query('SELECT workspace_id, name FROM event_name ORDER BY 1, 2')).toEqual([
    { workspace_id: 1, name: 'bought' },
    { workspace_id: 1, name: 'read' },
    { workspace_id: 2, name: 'bought' },
  ]);
  await runner.release();
});

it('declares the custom attributes that contacts have already, by the value of the oldest', async () => {
  const runner = source.createQueryRunner();
  await before(runner);
  await runner.query(
    `INSERT INTO contact (lane, id, workspace_id, role, created_at, updated_at, custom_attributes)
     SELECT 0, decode(id, 'hex'), workspace_id, 'user', now() + id::int * interval '1 s', now(), attributes
     FROM (VALUES ('01', 1, '{"plan": "pro", "seats": 3, "vip": true, "renews_at": 1700000000}'::jsonb),
                  ('02', 1, '{"plan": 5, "renews_at": "soon"}'), ('03', 2, '{"plan": false}'))
       AS c (id, workspace_id, attributes)`,
  );
  await new People1764000000002().up(runner);

  expect(
    await runner.query('SELECT workspace_id, model, name, data_type FROM data_attribute ORDER BY 1, 3'),
  ).toEqual([
    { workspace_id: 1, model: 'contact', name: 'plan', data_type: 'string' },
    { workspace_id: 1, model: 'contact', name: 'renews_at', data_type: 'date' },
    { workspace_id: 1, model: 'contact', name: 'seats', data_type: 'float' },
    { workspace_id: 1, model: 'contact', name: 'vip', data_type: 'boolean' },
    { workspace_id: 2, model: 'contact', name: 'plan', data_type: 'boolean' },
  ]);
  await runner.release();
});
