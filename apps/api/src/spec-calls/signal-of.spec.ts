import { describe, expect, it } from '@jest/globals';
import { parse, specCall } from '#contracts';
import { type Received, signalOf } from './signal-of.js';

const NOW = 1_760_000_000;
const received: Received = {
  at: NOW,
  skew: 0,
  sender: { ip: '203.0.113.7', userAgent: 'Mozilla/5.0' },
  makeKey: () => 'made',
};

const read = (call: object, more: Partial<Received> = {}) =>
  signalOf(parse(specCall, { userId: 'ada', ...call }), { ...received, ...more }, 0);
const signal = (call: object, more: Partial<Received> = {}) => read(call, more).signal;
const iso = (at: number) => new Date(at * 1000).toISOString();
const from = (name: string) => ({ library: { name, version: '2.1' } });

describe('a sign of life', () => {
  it.each([
    ['a page', { type: 'page' }, 'web'],
    ['a screen of nowhere', { type: 'screen' }, 'web'],
    ['a screen on a phone', { type: 'screen', context: { os: { name: 'Android' } } }, 'android'],
    [
      'a tablet',
      { type: 'track', event: 'x', context: { ...from('analytics-swift'), os: { name: 'iPadOS' } } },
      'ios',
    ],
    ['a browser', { type: 'identify', context: from('analytics.js') }, 'web'],
    [
      'a browser on a phone',
      { type: 'identify', context: { ...from('analytics.js'), os: { name: 'iOS' } } },
      'web',
    ],
    ['an app for iOS', { type: 'track', event: 'x', context: from('analytics-ios') }, 'ios'],
    ['an app for Android', { type: 'track', event: 'x', context: from('analytics-kotlin') }, 'android'],
    [
      'React Native',
      {
        type: 'track',
        event: 'x',
        context: { ...from('@segment/analytics-react-native'), device: { type: 'android' } },
      },
      'android',
    ],
    ['RudderStack for iOS', { type: 'track', event: 'x', context: from('rudder-ios-library') }, 'ios'],
    [
      'RudderStack for Android',
      { type: 'track', event: 'x', context: from('com.rudderstack.android.sdk.core') },
      'android',
    ],
    ['RudderStack in browsers', { type: 'track', event: 'x', channel: 'web' }, 'web'],
    ['what says so', { type: 'track', event: 'x', context: { active: true } }, 'web'],
  ])('is %s', (_, call, platform) => {
    expect(signal(call).activity).toEqual({ platform });
  });

  it.each([
    ['a server tracks', { type: 'track', event: 'x', context: from('@segment/analytics-node') }],
    ['a server identifies', { type: 'identify', context: from('analytics-python') }],
    ['a server groups', { type: 'group', groupId: 'g', context: from('analytics-ruby') }],
    ['a server of RudderStack tracks', { type: 'track', event: 'x', channel: 'server' }],
    ['is an alias', { type: 'alias', previousId: 'x' }],
    ['says that it is none', { type: 'track', event: 'x', context: { active: false } }],
  ])('is not what %s', (_, call) => {
    expect(signal(call).activity).toBeUndefined();
  });
});

describe('the time of a call', () => {
  const track = { type: 'track', event: 'x' };

  it.each([
    ['now, when it says none', {}, NOW],
    ['what it says', { timestamp: iso(NOW - 500) }, NOW - 500],
    ['unix seconds', { timestamp: NOW - 500 }, NOW - 500],
    ['of a zone', { timestamp: '2025-10-09T10:53:20.5-02:00' }, 1_760_014_400.5],
    ['of no zone', { timestamp: '2025-10-09T08:53:20' }, NOW],
    ['a day', { timestamp: '2025-10-09' }, NOW - 32_000],
    ['that of its own clock', { originalTimestamp: iso(NOW - 4_000), sentAt: iso(NOW - 3_600) }, NOW - 400],
    ['that of a clock ahead', { timestamp: iso(NOW + 3_590), sentAt: iso(NOW + 3_600) }, NOW - 10],
    ['what it says, where clocks agree', { timestamp: iso(NOW - 20), sentAt: iso(NOW - 10) }, NOW - 20],
    ['put right, beyond that', { timestamp: iso(NOW - 21), sentAt: iso(NOW - 11) }, NOW - 10],
    ['what somebody put right', { timestamp: iso(5), originalTimestamp: iso(NOW), sentAt: iso(0) }, 5],
    ['what it says, when it was sent nowhen', { timestamp: iso(NOW - 5), sentAt: 'soon' }, NOW - 5],
  ])('is %s', (_, times, at) => {
    expect(signal({ ...track, ...times }).at).toBe(at);
  });

  it('is put right by the clock of its batch', () => {
    const call = { ...track, originalTimestamp: iso(NOW - 4_000) };

    expect(signal(call, { skew: 3_600 }).at).toBe(NOW - 400);
  });

  it.each([[iso(-1)], [iso(Date.now() / 1000 + 100_000)]])('cannot be %s', (timestamp) => {
    expect(() => signal({ ...track, timestamp })).toThrow('timestamp');
  });
});

describe('the surroundings of a call', () => {
  it('are read from its context', () => {
    const context = {
      ip: '198.51.100.1',
      userAgent: 'Browser/1',
      locale: 'en-IE',
      timezone: 'Europe/Dublin',
      campaign: { name: 'spring', source: 'news', medium: 'mail', term: 'a', content: 'b' },
      page: { url: 'https://example.com/a', referrer: 'https://search.example/q' },
    };

    expect(signal({ type: 'page', context }).surroundings).toEqual({
      platform: 'web',
      ip: '198.51.100.1',
      userAgent: 'Browser/1',
      language: 'en-IE',
      timezone: 'Europe/Dublin',
      touch: {
        referrer: 'https://search.example/q',
        campaign: 'spring',
        source: 'news',
        medium: 'mail',
        term: 'a',
        content: 'b',
      },
    });
  });

  it('have the app and the device of a phone', () => {
    const context = {
      ...from('analytics-android'),
      app: { name: 'Shop', version: '4.2' },
      device: { model: 'Pixel 8' },
      os: { name: 'Android', version: '15' },
    };

    expect(signal({ type: 'screen', context }).surroundings).toMatchObject({
      platform: 'android',
      ip: '203.0.113.7',
      mobile: { appName: 'Shop', appVersion: '4.2', device: 'Pixel 8', osVersion: '15', sdkVersion: '2.1' },
    });
  });

  it('of a browser are seen from its request where it leaves them out', () => {
    expect(signal({ type: 'page', context: from('analytics.js') }).surroundings).toEqual({
      platform: 'web',
      ip: '203.0.113.7',
      userAgent: 'Mozilla/5.0',
    });
  });

  it('of a server are not', () => {
    const context = from('@segment/analytics-node');

    expect(signal({ type: 'track', event: 'x', context }).surroundings).toBeUndefined();
  });

  it('have the campaign of a landing page, and no referrer from the same site', () => {
    const properties = {
      url: 'https://example.com/?utm_source=news&utm_campaign=spring',
      referrer: 'https://example.com/b',
    };

    expect(signal({ type: 'page', properties }).surroundings?.touch).toEqual({
      source: 'news',
      campaign: 'spring',
    });
  });
});

describe('what a call says', () => {
  it('is the traits of the context too, as RudderStack has them', () => {
    const call = { type: 'identify', context: { traits: { plan: 'a', seats: 1 } }, traits: { plan: 'b' } };

    expect(signal(call).traits?.customAttributes).toEqual({ plan: 'b', seats: 1 });
  });

  it('is a company with the person, where it has an id', () => {
    const company = { id: 7, name: 'Acme', employees: 3 };

    expect(signal({ type: 'identify', traits: { company } }).companies).toEqual([
      { companyId: '7', attributes: { name: 'Acme', size: 3 }, customAttributes: {} },
    ]);
  });

  it('is the company that the person acts for', () => {
    const call = { type: 'track', event: 'x', context: { groupId: 'acme' } };

    expect(signal(call).companies).toEqual([{ companyId: 'acme', attributes: {}, customAttributes: {} }]);
  });

  it('has an event whose key is the message id, or its own', () => {
    expect(signal({ type: 'track', event: 'x', messageId: 'm' }).event?.key).toBe('m');
    expect(signal({ type: 'track', event: 'x' }).event?.key).toBe('made');
  });

  it('has metadata of at most 20 values, without what is nested or too long', () => {
    const twenty = Object.fromEntries(Array.from({ length: 20 }, (_, i) => [`p${i}`, i]));
    const over = { list: [1], deep: { a: 1 }, long: 'x'.repeat(256), 'a.b': 1, P0: 1, none: null };

    expect(read({ type: 'track', event: 'x', properties: twenty }).warnings).toEqual([]);
    const { warnings, signal: told } = read({
      type: 'track',
      event: 'x',
      properties: { ...twenty, ...over, q: 1 },
    });
    expect(told.event?.metadata).toEqual(twenty);
    expect(warnings.map(({ field }) => field)).toEqual(
      ['list', 'deep', 'long', 'a.b', 'P0', 'q'].map((name) => `properties.${name}`),
    );
  });

  it('keeps a first name that has no last one as it is', () => {
    expect(signal({ type: 'identify', traits: { firstName: 'Ada' } }).traits).toMatchObject({
      attributes: {},
      customAttributes: { firstName: 'Ada' },
    });
  });
});
