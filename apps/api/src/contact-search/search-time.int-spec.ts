import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { testApi, type TestApi } from '../../../../test/support/api.js';

let api: TestApi;
beforeAll(async () => {
  api = await testApi({ settings: { MUSTER_SEARCH_TIMEOUT: 0.2 } });
});
afterAll(() => api.close());

const query = { field: 'name', operator: '~', value: 'a' };

it.each([
  ['contact', '/contacts/search', { query }],
  ['contact', '/contacts/search', { query, sort: { field: 'name' } }],
  ['company', '/companies/search', { query }],
  ['company', '/companies/search', { query, sort: { field: 'user_count' } }],
])(
  'a search that waits for %s too long is stopped, and told what to ask: %s %j',
  async (table, path, body) => {
    const answer = await api.store.database.transaction(async (tx) => {
      await tx.query(`LOCK TABLE ${table} IN ACCESS EXCLUSIVE MODE`);
      return api.send('post', path).send(body);
    });

    expect([answer.status, answer.body.errors]).toMatchObject([
      422,
      [{ code: 'search_too_slow', field: 'query', message: expect.stringMatching(/^query: .* 0\.2 s: /) }],
    ]);
    expect((await api.send('post', path).send(body)).status).toBe(200);
  },
);
