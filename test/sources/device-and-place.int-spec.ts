import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import request from 'supertest';
import { ApplyModule } from '#pipeline';
import { TOKEN } from '../support/config.js';
import { testApi, type TestApi } from '../support/api.js';
import { otherWorkspace } from '../support/other-workspace.js';
import { People } from '../support/people.js';

const AT = 1_700_000_000;
const CHROME =
  'Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/126.0.0.0 Safari/537.36';
const GOOGLEBOT = 'Mozilla/5.0 (compatible; Googlebot/2.1; +http://www.google.com/bot.html)';
const MOUNTAIN_VIEW = '8.8.8.8';

let api: TestApi;
let people: People;
beforeAll(async () => {
  api = await testApi({ modules: [ApplyModule], jobs: ['apply.lanes'] });
  people = new People(api);
});
afterAll(() => api.close());

const seen = (user_id: string, body: object) =>
  api
    .send('post', '/activities')
    .send({ user_id, create: true, created_at: AT, ...body })
    .expect(202);
const user = async (userId: string) =>
  (await api.send('get', `/users?user_id=${userId}`).set('Intercom-Version', '1.4')).body;
const upsert = (body: object) =>
  api.send('post', '/users').set('Intercom-Version', '1.4').send(body).expect(200);
const keep = (ip_addresses: string) => api.send('put', '/workspace').send({ ip_addresses }).expect(200);

describe('an activity', () => {
  it('tells the browser, its language, and where it was', async () => {
    const where = {
      ip: MOUNTAIN_VIEW,
      user_agent: CHROME,
      language: 'en-IE',
      timezone: 'America/Los_Angeles',
    };
    await seen('ada', where);

    expect(await people.settled('ada')).toMatchObject({
      browser: 'Chrome',
      browser_version: '126.0.0.0',
      browser_language: 'en-IE',
      os: 'macOS',
      location: {
        type: 'location',
        country: 'United States',
        country_code: 'US',
        continent_code: 'NA',
        region: 'California',
        city: 'Mountain View',
        timezone: 'America/Los_Angeles',
      },
    });
    expect((await user('ada')).location_data).toMatchObject({
      country_name: 'United States',
      timezone: 'America/Los_Angeles',
    });
  });

  it('lets the contact be found by them', async () => {
    const found = await api
      .send('post', '/contacts/search')
      .send({
        query: {
          operator: 'AND',
          value: [
            { field: 'location.city', operator: '=', value: 'Mountain View' },
            { field: 'browser', operator: '=', value: 'Chrome' },
          ],
        },
      })
      .expect(200);

    expect(found.body.data.map(({ external_id }: { external_id: string }) => external_id)).toEqual(['ada']);
  });

  it('leaves nothing of the place and the browser before', async () => {
    await seen('mover', { ip: MOUNTAIN_VIEW, user_agent: CHROME });
    const before = await people.settled('mover');
    await api.store.database.query(
      `UPDATE contact SET attributes = attributes || '{"location.postal_code": "94043"}' WHERE external_id = 'mover'`,
    );
    await seen('mover', {
      created_at: AT + 9,
      ip: '81.2.69.142',
      user_agent: 'Mozilla/5.0 (X11; Linux x86_64)',
    });

    expect(before).toMatchObject({ browser: 'Chrome' });
    expect(await people.settled('mover')).toMatchObject({
      browser: null,
      browser_version: null,
      os: 'Linux',
      location: { country: 'United Kingdom', postal_code: null },
    });
  });

  it('of earlier does not count once a later one did', async () => {
    await seen('late', { created_at: AT + 9, ip: MOUNTAIN_VIEW, user_agent: CHROME });
    await seen('late', { created_at: AT, ip: '81.2.69.142', user_agent: 'Mozilla/5.0 (X11; Linux x86_64)' });

    expect(await people.settled('late')).toMatchObject({
      browser: 'Chrome',
      location: { country_code: 'US' },
    });
    expect(await user('late')).toMatchObject({ last_seen_ip: MOUNTAIN_VIEW });
  });

  it.each([
    ['a private address', { ip: '10.0.0.1' }],
    ['no address', { ip: 'nonsense' }],
    ['a user agent that nobody knows', { user_agent: 'curl/8.4.0' }],
    ['no time zone', { timezone: 'Mars/Olympus' }],
    ['any language', { language: '*' }],
  ])('with %s tells nothing, and is one', async (_, where) => {
    await seen('plain', where);

    expect(await people.settled('plain')).toMatchObject({
      last_seen_at: AT,
      browser: null,
      browser_language: null,
      os: null,
      location: { country: null, timezone: null },
    });
  });

  it("of an app has the app's device, and no browser", async () => {
    await seen('app', { platform: 'ios', user_agent: CHROME, device: 'iPhone17,1', ip: MOUNTAIN_VIEW });

    expect(await people.settled('app')).toMatchObject({
      ios_device: 'iPhone17,1',
      browser: null,
      os: null,
      location: { country_code: 'US' },
    });
  });
});

describe('a bot', () => {
  it('is nobody: no visit counts, and nobody is made for it', async () => {
    await seen('bot', { user_agent: GOOGLEBOT, ip: MOUNTAIN_VIEW });

    expect((await api.send('get', '/contacts/find_by_external_id/bot')).status).toBe(404);
  });

  it('moves nothing of whom it is said to be, but what is said besides counts', async () => {
    await api.send('post', '/contacts').send({ external_id: 'tested' });
    await seen('tested', { user_agent: GOOGLEBOT, ip: MOUNTAIN_VIEW, name: 'Tess' });

    expect(await people.settled('tested')).toMatchObject({
      name: 'Tess',
      last_seen_at: null,
      web_sessions: 0,
      browser: null,
      location: { country: null },
    });
  });

  it('is told to who sent it', async () => {
    const page = { type: 'page', anonymousId: 'crawler', context: { userAgent: GOOGLEBOT } };
    const answer = await request(api.app.getHttpServer())
      .post('/v1/page')
      .auth(TOKEN, '')
      .send(page)
      .expect(200);

    expect(answer.body.warnings).toMatchObject([
      { field: 'user_agent', message: expect.stringMatching(/bot/) },
    ]);
    expect((await api.send('get', '/visitors?user_id=crawler')).status).toBe(404);
  });
});

describe('an address', () => {
  afterAll(() => keep('full'));

  it.each([
    ['full', '203.0.113.77', '203.0.113.77'],
    ['truncated', '203.0.113.77', '203.0.113.0'],
    ['truncated', '2001:db8:1:2::3', '2001:db8:1::'],
    ['none', '203.0.113.77', null],
  ])('is kept %s: %s', async (choice, ip, kept) => {
    await keep(choice);
    const name = `${choice}-${ip}`;
    await seen(name, { ip });

    expect((await people.settled(name)).last_seen_at).toBe(AT);
    expect(await user(name)).toMatchObject({ last_seen_ip: kept });
    expect((await upsert({ user_id: `v1-${name}`, last_seen_ip: ip })).body.last_seen_ip).toBe(kept);
  });

  it.each(['truncated', 'none'])('tells the place by all of it, where it is kept %s', async (choice) => {
    await keep(choice);
    await seen(`placed-${choice}`, { ip: '81.2.69.142' });

    expect(await people.settled(`placed-${choice}`)).toMatchObject({ location: { city: 'London' } });
    const rows = await api.store.database.query(
      `SELECT FROM attribute_change WHERE after::text LIKE '%81.2.69%'`,
    );
    expect(rows).toEqual([]);
  });

  it('that was kept before goes once the workspace keeps none', async () => {
    await keep('full');
    await seen('forgotten', { ip: MOUNTAIN_VIEW });
    await people.settled('forgotten');
    await keep('none');
    await seen('forgotten', { ip: MOUNTAIN_VIEW, created_at: AT + 9 });
    await people.settled('forgotten');

    expect(await user('forgotten')).toMatchObject({
      last_seen_ip: null,
      location_data: { country_code: 'US' },
    });
  });

  it('is kept as its own workspace says', async () => {
    await keep('none');
    const other = await otherWorkspace(api);
    await other.send('post', '/users').send({ user_id: 'elsewhere', last_seen_ip: '203.0.113.77' });

    expect((await other.send('get', '/users?user_id=elsewhere')).body.last_seen_ip).toBe('203.0.113.77');
    expect((await other.send('get', '/workspace')).body.ip_addresses).toBe('full');
  });
});

describe('a user of version 1', () => {
  it('has what it was seen with, and is not seen by that', async () => {
    const { body } = await upsert({
      user_id: 'v1',
      last_seen_ip: MOUNTAIN_VIEW,
      last_seen_user_agent: CHROME,
    });

    expect(body).toMatchObject({
      last_seen_ip: MOUNTAIN_VIEW,
      last_request_at: null,
      session_count: 0,
      location_data: { country_code: 'US', city_name: 'Mountain View' },
    });
    expect(await people.settled('v1')).toMatchObject({ browser: 'Chrome', os: 'macOS' });
  });

  it('has it as of when it was seen', async () => {
    const london = { last_seen_ip: '81.2.69.142', last_request_at: AT + 9 };
    await upsert({ user_id: 'v1-late', ...london });
    const { body } = await upsert({ user_id: 'v1-late', last_seen_ip: MOUNTAIN_VIEW, last_request_at: AT });

    expect(body).toMatchObject({ last_seen_ip: '81.2.69.142', location_data: { city_name: 'London' } });
  });

  it.each([null, ''])('keeps it where %j is said', async (nothing) => {
    await upsert({ user_id: 'v1-kept', last_seen_ip: MOUNTAIN_VIEW });
    const { body } = await upsert({
      user_id: 'v1-kept',
      last_seen_ip: nothing,
      last_seen_user_agent: nothing,
    });

    expect(body.last_seen_ip).toBe(MOUNTAIN_VIEW);
  });
});
