import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { IntercomClient } from 'intercom-client';
import { errorList } from '#contracts';
import { testApi, type TestApi } from '../../../../test/support/api.js';
import { TOKEN } from '../../../../test/support/config.js';

let api: TestApi;
beforeAll(async () => {
  api = await testApi({ settings: { MUSTER_RATE_LIMIT: 60 } });
});
afterAll(() => api.close());

const list = () => api.send('get', '/segments');

/** A window may end under way, but not two. */
async function untilRefused() {
  for (let call = 0; call < 25; call++) {
    const answer = await list();
    if (answer.status !== 200) return answer;
    expect(answer.headers['x-ratelimit-limit']).toBe('10');
  }
  throw new Error('was never refused');
}

describe('past its rate limit', () => {
  it('a token is refused, is told when to come back, and is let in again then', async () => {
    const answer = await untilRefused();
    const { headers } = answer;

    expect(answer.status).toBe(429);
    expect(errorList.parse(answer.body).errors).toMatchObject([{ code: 'rate_limit_exceeded' }]);
    expect(answer.body.errors[0].message).toContain('limit of 10 in 10_seconds');
    expect(headers['x-ratelimit-remaining']).toBe('0');
    expect(Number(headers['x-ratelimit-reset']) % 10).toBe(0);
    expect(Number(headers['retry-after'])).toBeGreaterThanOrEqual(1);
    expect(Number(headers['retry-after'])).toBeLessThanOrEqual(10);
    api.clock.advance(Number(headers['retry-after']));
    expect((await list()).status).toBe(200);
  });

  it('the official SDK waits and succeeds', async () => {
    const sdk = new IntercomClient({ token: TOKEN, baseUrl: await api.app.getUrl(), maxRetries: 2 });
    const { headers } = await untilRefused();
    api.clock.advance(Number(headers['retry-after']) - 1);

    expect(await sdk.segments.list()).toMatchObject({ type: 'segment.list' });
  });
});

it('nothing is counted or told without a token that opens a workspace', async () => {
  const answer = await api.send('get', '/segments').set('authorization', 'Bearer unknown');

  expect(answer.status).toBe(401);
  expect(answer.headers).not.toHaveProperty('x-ratelimit-limit');
});
