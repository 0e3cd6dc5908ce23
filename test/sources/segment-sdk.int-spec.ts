import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { Analytics } from '@segment/analytics-node';
import { ApplyModule } from '#pipeline';
import { testApi, type TestApi } from '../support/api.js';
import { segmentSdk, sent } from '../support/segment-sdk.js';
import { People } from '../support/people.js';

let api: TestApi;
let analytics: Analytics;
let people: People;
beforeAll(async () => {
  api = await testApi({ modules: [ApplyModule], jobs: ['apply.lanes'] });
  analytics = await segmentSdk(api);
  people = new People(api);
});
afterAll(() => api.close());

const call = (method: 'identify' | 'track' | 'page' | 'screen' | 'group' | 'alias', message: object) =>
  sent((done) =>
    (analytics[method] as (message: object, done: (error?: unknown) => void) => void)(message, done),
  );

describe("Segment's SDK for Node", () => {
  it('identify makes the user, with its standard and its custom attributes', async () => {
    const traits = {
      firstName: 'Ada',
      lastName: 'Lovelace',
      email: 'Ada@Example.com',
      createdAt: '2024-03-01T00:00:00Z',
      plan: 'pro',
    };
    await call('identify', { userId: 'ada', traits });

    expect(await people.settled('ada')).toMatchObject({
      role: 'user',
      name: 'Ada Lovelace',
      email: 'ada@example.com',
      signed_up_at: 1_709_251_200,
      custom_attributes: { plan: 'pro' },
      last_seen_at: null,
    });
  });

  it('track records the event of a server, which is no sign of life', async () => {
    await call('track', { userId: 'tracked', event: 'Order Completed', properties: { total: 9.5 } });

    expect(await people.settled('tracked')).toMatchObject({ last_seen_at: null, web_sessions: 0 });
    expect(await people.events('tracked')).toEqual([
      expect.objectContaining({ event_name: 'order completed', metadata: { total: 9.5 } }),
    ]);
  });

  it('page is a sign of life, and an event when it has a name', async () => {
    await call('page', { userId: 'reader' });
    await call('page', { userId: 'reader', name: 'Pricing', properties: { path: '/pricing' } });

    expect(await people.settled('reader')).toMatchObject({
      last_seen_at: expect.any(Number),
      web_sessions: 1,
    });
    expect((await people.events('reader')).map((event) => event['event_name'])).toEqual([
      'viewed pricing page',
    ]);
  });

  it('screen is one too', async () => {
    await call('screen', { userId: 'viewer', name: 'Home', context: { os: { name: 'iOS' } } });

    expect(await people.settled('viewer')).toMatchObject({
      last_seen_at: expect.any(Number),
      web_sessions: 0,
    });
    expect((await people.events('viewer')).map((event) => event['event_name'])).toEqual([
      'viewed home screen',
    ]);
  });

  it('counts a session each time an app is opened, however much is seen of it', async () => {
    const start = Date.parse('2026-01-01T00:00:00Z');
    const context = { os: { name: 'iOS' }, active: true };
    for (const seconds of [0, 60, 120]) {
      const timestamp = new Date(start + seconds * 1000);
      await call('track', { userId: 'opener', event: 'Application Opened', timestamp, context });
      for (const after of [25, 50]) {
        const seen = { userId: 'opener', name: 'Home', timestamp: new Date(+timestamp + after * 1000) };
        await call('screen', { ...seen, context });
      }
    }

    expect(await people.settled('opener')).toMatchObject({ ios_sessions: 3, web_sessions: 0 });
  });

  it('group makes the company, and the user one of its people', async () => {
    const traits = { name: 'Acme', plan: 'team', employees: 12, region: 'EU' };
    await call('group', { userId: 'member', groupId: 'acme', traits });

    expect(await people.companies('member')).toEqual([
      expect.objectContaining({
        company_id: 'acme',
        name: 'Acme',
        size: 12,
        plan: expect.objectContaining({ name: 'team' }),
        custom_attributes: { region: 'EU' },
      }),
    ]);
  });

  it('alias takes what was anonymous over to the user', async () => {
    await call('track', { anonymousId: 'device-1', event: 'Looked' });
    await call('alias', { userId: 'known', previousId: 'device-1' });
    await call('track', { anonymousId: 'device-1', event: 'Bought' });

    await people.settled('known');
    expect((await people.events('known')).map((event) => event['event_name']).sort()).toEqual([
      'bought',
      'looked',
    ]);
  });
});
