import { afterAll, beforeAll, expect, it } from '@jest/globals';
import type { DataSource } from 'typeorm';
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

it('declares the custom attributes that contacts have already, by the value of the oldest', async () => {
  const runner = source.createQueryRunner();
  await runner.query('DROP SCHEMA public CASCADE; CREATE SCHEMA public');
  await new ThePipe1764000000001().up(runner);
  await runner.query(`INSERT INTO workspace (app_id) VALUES ('one'), ('two')`);
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
