import { createHmac } from 'node:crypto';
import { afterAll, afterEach, beforeAll, beforeEach, expect, it } from '@jest/globals';
import type { Browser, BrowserContext, HTTPRequest, Page } from 'puppeteer-core';
import { MAX_SIGNALS } from '#contracts';
import { ApplyModule } from '#pipeline';
import { testApi, type TestApi } from '../support/api.js';
import { describeWithChromium, startChromium } from '../support/chromium.js';
import { Site } from '../support/site.js';
import { waitFor } from '../support/wait-for.js';

/** What a page does while the snippet is still on its way: as Intercom's own loader collects it. */
const STUB = `
  window.warnings = [];
  console.warn = (...said) => window.warnings.push(said);
  addEventListener('securitypolicyviolation', ({ violatedDirective }) => window.warnings.push([violatedDirective]));
  if (location.search.includes('stub')) {
    window.Intercom = function () { window.Intercom.c(arguments); };
    window.Intercom.q = [];
    window.Intercom.c = (given) => window.Intercom.q.push(given);
    window.intercomSettings = { app_id: 'demo', email: 'stub@example.com' };
    window.Intercom('trackEvent', 'before-load', { early: true });
  }
  if (location.search.includes('settings')) window.musterSettings = { user_id: 'settled', name: 'undefined' };
  if (location.search.includes('others')) {
    window.Intercom = function () {};
    window.Intercom.q = [];
  }`;

const SECRET = 'the secret that signs the names of users';

interface Sent {
  readonly visitor_id: string;
  readonly id: string;
  readonly data: Record<string, unknown>;
  readonly page?: { readonly url: string; readonly referrer: string };
  readonly language?: string;
  readonly event?: { readonly name: string };
}

describeWithChromium('the snippet in a browser', () => {
  let api: TestApi;
  let site: Site;
  let browser: Browser;
  let context: BrowserContext;
  let page: Page;
  let sent: Sent[];

  beforeAll(async () => {
    const jobs = ['apply.lanes'] as const;
    [api, browser] = await Promise.all([
      testApi({ modules: [ApplyModule], jobs: [...jobs] }),
      startChromium(),
    ]);
    site = await Site.start(await api.app.getUrl(), { '/stub.js': STUB });
    await api.send('post', '/identity_secrets').send({ name: 'backend', secret: SECRET });
  }, 60_000);

  afterAll(async () => {
    await browser.close();
    await site.stop();
    await api.close();
  });

  beforeEach(async () => {
    context = await browser.createBrowserContext();
    page = await context.newPage();
    sent = [];
    page.on('request', (request) => sent.push(...signalsOf(request)));
  });

  afterEach(() => context.close());

  const signalsOf = (request: HTTPRequest): Sent[] =>
    request.method() === 'POST' ? JSON.parse(request.postData() ?? '{"signals":[]}').signals : [];
  const open = (path: string) => page.goto(site.url + path, { waitUntil: 'load' });
  /** By a link on another site. */
  const arrive = async (path: string, from: string) => {
    await page.goto(from);
    const arrived = page.waitForNavigation({ waitUntil: 'load' });
    await page.evaluate((href) => location.assign(href), site.url + path);
    await arrived;
  };
  const elsewhere = () => `${site.url.replace('localhost', '127.0.0.1')}/`;
  const call = (...given: unknown[]): Promise<unknown> =>
    page.evaluate(
      (all) => (window as unknown as Record<string, (...given: unknown[]) => unknown>)['Muster']?.(...all),
      given,
    );
  const warnings = () => page.evaluate(() => (window as unknown as { warnings: unknown[][] }).warnings);
  const cookies = async () => (await context.cookies()).map(({ name, sameSite }) => [name, sameSite]);

  const settled = () =>
    waitFor(async () => (await api.store.database.query('SELECT FROM inbox LIMIT 1')).length === 0);
  const user = async (externalId: string) => {
    await settled();
    return (await api.send('get', `/contacts/find_by_external_id/${externalId}`)).body;
  };
  const visitor = async () => {
    await settled();
    return (await api.send('get', `/visitors?user_id=${String(await call('getVisitorId'))}`)).body;
  };
  const eventsOf = async (query: string): Promise<[string, number][]> => {
    await settled();
    const { body } = await api.send('get', `/events?type=user&summary=true&${query}`);
    return (body.events ?? []).map(({ name, count }: { name: string; count: number }) => [name, count]);
  };

  it('tells who visits, from landing to logging out, under a strict policy', async () => {
    await arrive('/?utm_source=news&utm_campaign=may', elsewhere());
    expect(await call('boot')).toEqual({ sent: true });
    const anonymous = await visitor();
    expect(anonymous).toMatchObject({ anonymous: true, session_count: 1 });
    expect(sent[0]).toMatchObject({
      language: expect.stringMatching(/^en/),
      page: { url: expect.stringContaining('utm_source=news'), referrer: elsewhere() },
    });
    expect(await cookies()).toEqual([['muster-id-demo', 'Lax']]);

    await page.evaluate(() => history.pushState({}, '', '/pricing'));
    await waitFor(() => sent[1]?.page?.url.endsWith('/pricing'));

    const user_hash = createHmac('sha256', SECRET).update('ada').digest('hex');
    await api.send('put', '/workspace').send({ identity_verification: 'enforce' });
    const ada = { user_id: 'ada', email: 'ada@example.com', company: { id: 'acme', name: 'Acme' } };
    expect(await call('boot', ada)).toMatchObject({ sent: false, reason: 'refused' });
    expect(await call('boot', { ...ada, user_hash })).toEqual({ sent: true });
    await api.send('put', '/workspace').send({ identity_verification: 'off' });
    expect(await call('trackEvent', 'Viewed Pricing', { plan: 'pro' })).toEqual({ sent: true });
    expect(await call('update', { plan: 'pro', last_seen_at: 1 })).toMatchObject({
      sent: true,
      warnings: [{ field: 'last_seen_at' }],
    });

    expect(await user('ada')).toMatchObject({
      id: anonymous.id,
      role: 'user',
      email: 'ada@example.com',
      web_sessions: 1,
      custom_attributes: { plan: 'pro' },
      companies: { total_count: 1 },
    });
    expect((await user('ada')).last_seen_at).toBeGreaterThan(api.clock.now() - 60);
    expect(await eventsOf('user_id=ada')).toEqual([['viewed pricing', 1]]);
    expect(await cookies()).toEqual([['muster-session-demo', 'Lax']]);

    const before = await call('getVisitorId');
    expect(await call('shutdown')).toEqual({ sent: true });
    expect(await cookies()).toEqual([]);
    expect(await call('update')).toEqual({ sent: false, reason: 'not_booted' });
    expect(await call('getVisitorId')).not.toBe(before);
    expect((await warnings()).map(([said]) => said)).toEqual([
      'Muster: boot',
      'Muster: update',
      'Muster: update',
    ]);
  });

  it('keeps what it cannot send, and sends it once it can, once', async () => {
    await open('/');
    await call('boot', { user_id: 'commuter' });
    await page.setOfflineMode(true);
    const told = [await call('trackEvent', 'entered tunnel'), await call('trackEvent', 'saw light')];
    expect(told).toMatchObject([
      { sent: false, reason: 'offline', queued: true },
      { sent: false, reason: 'offline', queued: true },
    ]);
    await page.setOfflineMode(false);

    await waitFor(async () => (await eventsOf('user_id=commuter')).length === 2);
    const tries = sent.filter(({ event }) => event?.name === 'entered tunnel').map(({ id }) => id);
    expect(new Set(tries).size).toBe(1);
    expect((await eventsOf('user_id=commuter')).map(([, count]) => count)).toEqual([1, 1]);
  });

  it('keeps as many as one request takes, and says which it does not keep', async () => {
    await open('/');
    await call('boot', { user_id: 'miner' });
    await page.setOfflineMode(true);
    const told = await page.evaluate(async (count) => {
      const { Muster } = window as unknown as {
        Muster: (...given: unknown[]) => Promise<{ reason: string }>;
      };
      const told = await Promise.all(Array.from({ length: count }, () => Muster('trackEvent', 'dug')));
      return told.map(({ reason }) => reason);
    }, MAX_SIGNALS + 1);
    await page.setOfflineMode(false);

    expect(told.filter((reason) => reason === 'offline')).toHaveLength(MAX_SIGNALS);
    expect(told.at(-1)).toBe('queue_full');
    await waitFor(async () => (await eventsOf('user_id=miner'))[0]?.[1] === MAX_SIGNALS);
  });

  it('sends what is left in a later page, by the same ids', async () => {
    await open('/');
    await call('boot', { user_id: 'returner' });
    await page.setOfflineMode(true);
    await call('trackEvent', 'left behind');
    await page.evaluate(() => dispatchEvent(new Event('pagehide')));
    await page.setOfflineMode(false);
    await open('/later');

    await waitFor(async () => (await eventsOf('user_id=returner')).length === 1);
    expect(await eventsOf('user_id=returner')).toEqual([['left behind', 1]]);
  });

  it('sends by a beacon what is done while the page goes', async () => {
    await open('/');
    await call('boot', { user_id: 'leaver' });
    await page.evaluate(() => {
      const { Muster } = window as unknown as { Muster: (...given: unknown[]) => unknown };
      addEventListener('pagehide', () => Muster('trackEvent', 'left'));
    });
    await page.goto('about:blank');

    await waitFor(async () => (await eventsOf('user_id=leaver')).length === 1);
  });

  it('says what it holds back: pings like the one before, and too many updates', async () => {
    await open('/');
    await call('boot', { user_id: 'eager' });
    const told = [];
    for (let step = 0; step <= 20; step++) told.push(await call('update', { step }));

    expect(told.slice(0, 20)).toEqual(Array.from({ length: 20 }, () => ({ sent: true })));
    expect(told[20]).toEqual({ sent: false, reason: 'throttled', retry_after: expect.any(Number) });
    expect(await call('boot', { user_id: 'eager' })).toEqual({
      sent: false,
      reason: 'duplicate',
      retry_after: expect.any(Number),
    });
    expect((await warnings()).map(([said]) => said)).toEqual(['Muster: update', 'Muster: boot']);
    expect(sent.filter(({ event }) => !event)).toHaveLength(21);
  });

  it('knows a known user for a week, on pages that do not say who it is; another user is another visitor', async () => {
    await open('/');
    await call('boot', { user_id: 'known' });
    await open('/again');
    await call('boot', { seen: 'again' });
    expect(await user('known')).toMatchObject({ custom_attributes: { seen: 'again' } });
    const [cookie] = await context.cookies();
    const days = ((cookie?.expires ?? 0) - Date.now() / 1000) / 86_400;
    expect([cookie?.name, Math.round(days)]).toEqual(['muster-session-demo', 7]);

    const first = await call('getVisitorId');
    await call('boot', { user_id: 'other' });
    expect(await call('getVisitorId')).not.toBe(first);
  });

  it('does what was said to the loader of Intercom before it was there, and boots by its settings', async () => {
    await open('/?stub');
    await waitFor(async () => (await eventsOf('email=stub@example.com')).length === 1);

    expect(await eventsOf('email=stub@example.com')).toEqual([['before-load', 1]]);
  });

  it('boots by settings of its own, and takes no place of an Intercom that is there', async () => {
    await open('/?settings&others');
    await waitFor(async () => (await user('settled')).role);
    const taken = await page.evaluate(() => {
      const { Muster, Intercom } = window as unknown as Record<string, unknown>;
      return Muster === Intercom;
    });

    expect(taken).toBe(false);
    expect(await user('settled')).toMatchObject({ name: null });
    expect(await call('showNewMessage')).toEqual({ sent: false, reason: 'unknown_command' });
  });
});
