import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import request from 'supertest';
import { testApi, type TestApi } from '../../../../test/support/api.js';

let api: TestApi;
beforeAll(async () => {
  api = await testApi();
});
afterAll(() => api.close());

const get = (path: string) => request(api.app.getHttpServer()).get(path);

const anInboxRow = (age: string) =>
  api.store.database.query(
    `INSERT INTO inbox (lane, workspace_id, contact_id, kind, payload, accepted_at)
     VALUES (7, 1, '\\x00', 'tick', '{}', now() - $1::interval)`,
    [age],
  );

describe('health', () => {
  it('is live without a token', async () => {
    expect((await get('/health/live')).body).toEqual({ status: 'ok' });
  });

  it('is ready while the stores answer and updates are applied', async () => {
    await anInboxRow('30 seconds');
    const answer = await get('/health/ready');
    await api.store.database.query('DELETE FROM inbox');

    expect(answer.status).toBe(200);
    expect(answer.body.checks).toMatchObject({ database: { status: 'up' }, queue: { status: 'up' } });
    expect(answer.body.checks.database.oldest_inbox_row_seconds).toBeGreaterThan(29);
  });

  it('is not ready when an update has waited for more than a minute', async () => {
    await anInboxRow('61 seconds');
    const answer = await get('/health/ready');
    await api.store.database.query('DELETE FROM inbox');

    expect(answer.status).toBe(503);
    expect(answer.body.errors).toEqual([expect.objectContaining({ code: 'service_unavailable' })]);
    expect(answer.body.errors[0].checks.database).toMatchObject({
      status: 'down',
      message: expect.stringContaining('has waited for 61 s'),
    });
  });
});

describe('when Postgres is away', () => {
  it('the api is live but not ready, and says no more than that', async () => {
    const away = await testApi();
    await away.store.database.query('ALTER TABLE inbox RENAME TO gone');
    const server = away.app.getHttpServer();
    const [live, ready] = [
      await request(server).get('/health/live'),
      await request(server).get('/health/ready'),
    ];
    await away.close();

    expect([live.status, ready.status]).toEqual([200, 503]);
    expect(ready.body.errors[0].checks.database.message).toBe('does not answer');
    expect(ready.text).not.toContain('relation');
  });
});
