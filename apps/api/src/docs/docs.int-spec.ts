import { afterAll, beforeAll, expect, it } from '@jest/globals';
import request from 'supertest';
import { testApi, type TestApi } from '../../../../test/support/api.js';

let api: TestApi;
beforeAll(async () => {
  api = await testApi();
});
afterAll(() => api.close());

it('the documentation needs no token and describes the bodies by their contracts', async () => {
  const page = await request(api.app.getHttpServer()).get('/docs').set('accept', 'text/html');
  const { body } = await request(api.app.getHttpServer()).get('/docs-json');

  expect(page.status).toBe(200);
  expect(page.text).toContain('swagger-ui');
  // The licence of the database asks for this link (NOTICE).
  expect(page.text).toContain('<a href="https://db-ip.com/">IP Geolocation by DB-IP</a>');
  expect(
    body.paths['/contacts'].post.requestBody.content['application/json'].schema.properties,
  ).toMatchObject({
    external_id: { maxLength: 255 },
    custom_attributes: { type: 'object' },
  });
  expect(
    body.paths['/contacts'].post.responses.default.content['application/json'].schema.properties,
  ).toHaveProperty('request_id');
  expect(
    body.paths['/segments/{id}/contacts'].get.parameters.map(({ name }: { name: string }) => name),
  ).toEqual(expect.arrayContaining(['id', 'per_page', 'starting_after']));
});

it('the files of the documentation page are served', async () => {
  const script = await request(api.app.getHttpServer()).get('/docs/swagger-ui-bundle.js');

  expect(script.status).toBe(200);
  expect(script.headers['content-type']).toContain('javascript');
});
