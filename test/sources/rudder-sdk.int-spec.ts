import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import Rudder from '@rudderstack/rudder-sdk-node';
import { ApplyModule } from '#pipeline';
import { testApi, type TestApi } from '../support/api.js';
import { TOKEN } from '../support/config.js';
import { People } from '../support/people.js';
import { sent } from '../support/segment-sdk.js';

const METHODS = ['identify', 'track', 'page', 'screen', 'group', 'alias'] as const;

let api: TestApi;
let rudder: Rudder;
let people: People;
beforeAll(async () => {
  api = await testApi({ modules: [ApplyModule], jobs: ['apply.lanes'] });
  const dataPlaneUrl = await api.app.getUrl();
  rudder = new Rudder(TOKEN, { dataPlaneUrl, flushAt: 1, retryCount: 0, logLevel: 'error' });
  people = new People(api);
});
afterAll(() => api.close());

const call = (method: (typeof METHODS)[number], message: object) =>
  sent((done) =>
    (rudder[method] as (message: object, done: (error?: unknown) => void) => void)(message, done),
  );

const namesOf = async (externalId: string) =>
  (await people.events(externalId)).map((event) => event['event_name']).sort();

describe("RudderStack's SDK for Node, which gzips", () => {
  it('identify makes the user', async () => {
    await call('identify', { userId: 'ada', traits: { name: 'Ada', email: 'ada@example.com', seats: 3 } });

    expect(await people.settled('ada')).toMatchObject({
      name: 'Ada',
      email: 'ada@example.com',
      custom_attributes: { seats: 3 },
      last_seen_at: null,
    });
  });

  it('track records the event, at the time that it says', async () => {
    const timestamp = new Date('2024-05-01T12:00:00Z');
    await call('track', { userId: 'tracked', event: 'Signed Up', properties: { plan: 'pro' }, timestamp });

    expect(await people.settled('tracked')).toMatchObject({ last_seen_at: null });
    expect(await people.events('tracked')).toEqual([
      expect.objectContaining({
        event_name: 'signed up',
        created_at: 1_714_564_800,
        metadata: { plan: 'pro' },
      }),
    ]);
  });

  it('page is a sign of life, and an event when it has a name', async () => {
    await call('page', { userId: 'reader', name: 'Pricing' });

    expect(await people.settled('reader')).toMatchObject({
      last_seen_at: expect.any(Number),
      web_sessions: 1,
    });
    expect(await namesOf('reader')).toEqual(['viewed pricing page']);
  });

  it('screen is one too', async () => {
    await call('screen', { userId: 'viewer', name: 'Home', context: { os: { name: 'Android' } } });

    expect(await people.settled('viewer')).toMatchObject({
      last_seen_at: expect.any(Number),
      web_sessions: 0,
    });
    expect(await namesOf('viewer')).toEqual(['viewed home screen']);
  });

  it('group makes the company, and the user one of its people', async () => {
    await call('group', { userId: 'member', groupId: 'acme', traits: { name: 'Acme' } });

    expect(await people.companies('member')).toEqual([
      expect.objectContaining({ company_id: 'acme', name: 'Acme' }),
    ]);
  });

  it('alias takes what was anonymous over to the user', async () => {
    await call('track', { anonymousId: 'device-1', event: 'Looked' });
    await call('alias', { userId: 'known', previousId: 'device-1' });

    expect(await namesOf('known')).toEqual(['looked']);
  });
});
