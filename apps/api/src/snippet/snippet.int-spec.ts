import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import request from 'supertest';
import { testApi, type TestApi } from '../../../../test/support/api.js';

/** What docs/sources.md promises. */
const MAX_BYTES = 6 * 1024;

let api: TestApi;
beforeAll(async () => {
  api = await testApi();
});
afterAll(() => api.close());

const get = (file: string) => request(api.app.getHttpServer()).get(`/snippet/${file}`);

describe('the snippet', () => {
  it('is a small script for every origin, which browsers keep and ask after', async () => {
    const { status, headers, text } = await get('demo.js');
    const again = await get('demo.js').set('if-none-match', headers['etag'] ?? '');

    expect(status).toBe(200);
    expect(headers).toMatchObject({
      'content-type': 'text/javascript; charset=utf-8',
      'cache-control': 'public, max-age=3600',
      'access-control-allow-origin': '*',
      'cross-origin-resource-policy': 'cross-origin',
      'x-content-type-options': 'nosniff',
    });
    expect(Buffer.byteLength(text)).toBeLessThan(MAX_BYTES);
    expect(text).not.toMatch(/\beval\b|new Function|import\(|^export /m);
    expect([again.status, again.text]).toEqual([304, '']);
  });

  it.each(['nowhere.js', 'demo', '.js'])('is not to be had as %s', async (file) => {
    expect((await get(file)).status).toBe(404);
  });
});
