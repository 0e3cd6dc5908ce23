import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { ApplyModule } from '#pipeline';
import { testApi, type TestApi } from '../../../../test/support/api.js';
import { waitFor } from '../../../../test/support/wait-for.js';

const AT = 1_700_000_000;

let api: TestApi;
let made = 0;
let user: string;
beforeAll(async () => {
  api = await testApi({ modules: [ApplyModule], jobs: ['apply.lanes'] });
});
afterAll(() => api.close());
beforeEach(() => {
  user = `phone ${made++}`;
});

/** What a mobile app says when it became active. */
async function active(platform: 'ios' | 'android', seconds: number, more: object = {}): Promise<void> {
  const body = { user_id: user, create: true, created_at: AT + seconds, platform, ...more };
  expect((await api.send('post', '/activities').send(body)).status).toBe(202);
}

/** The contact, once all that was accepted is applied. */
async function contact() {
  await waitFor(async () => (await api.store.database.query('SELECT FROM inbox LIMIT 1')).length === 0);
  return (await api.send('get', `/contacts/find_by_external_id/${user}`)).body;
}

describe.each(['ios', 'android'] as const)('an app on %s', (platform) => {
  it('counts a session when its user registers, and each time it becomes active', async () => {
    await active(platform, 0);
    expect((await contact())[`${platform}_sessions`]).toBe(1);
    for (const seconds of [60, 3_600, 90_000]) await active(platform, seconds);
    expect(await contact()).toMatchObject({ [`${platform}_sessions`]: 4, web_sessions: 0 });
  });

  it('counts none for becoming active within 20 seconds of the last time', async () => {
    for (const seconds of [0, 10, 19]) await active(platform, seconds);
    expect((await contact())[`${platform}_sessions`]).toBe(1);
    await active(platform, 41);
    expect((await contact())[`${platform}_sessions`]).toBe(2);
  });

  it('counts the same whatever order they arrive in', async () => {
    for (const seconds of [41, 10, 0, 10]) await active(platform, seconds);
    expect((await contact())[`${platform}_sessions`]).toBe(2);
  });

  it('tells of itself and of its device, and when it was last seen there', async () => {
    const app = {
      app_name: 'Muster',
      app_version: '1.2',
      device: 'Phone 5',
      os_version: '19.0',
      sdk_version: '18.1',
    };
    await active(platform, 0, app);
    await active(platform, 60, { app_version: '1.3', device: null });

    expect(await contact()).toMatchObject({
      last_seen_at: AT + 60,
      [`${platform}_app_name`]: 'Muster',
      [`${platform}_app_version`]: '1.3',
      [`${platform}_device`]: null,
      [`${platform}_os_version`]: '19.0',
      [`${platform}_sdk_version`]: '18.1',
      [`${platform}_last_seen_at`]: AT + 60,
    });
  });

  it('writes what it knows of the user, clears what is null, and keeps the rest', async () => {
    await active(platform, 0, { name: 'Ada', phone: '1', custom_attributes: { plan: 'free', seats: 2 } });
    await active(platform, 60, { phone: null, push_enabled: true, custom_attributes: { plan: null } });

    expect(await contact()).toMatchObject({
      name: 'Ada',
      phone: null,
      enabled_push_messaging: true,
      custom_attributes: { seats: 2 },
    });
    expect((await contact()).custom_attributes).not.toHaveProperty('plan');
  });
});
