import { describe, expect, it } from '@jest/globals';
import { Devices } from './devices.js';

const devices = new Devices();
const WEBKIT = 'AppleWebKit/537.36 (KHTML, like Gecko)';
const CHROME = `${WEBKIT} Chrome/126.0.0.0`;
const IPHONE =
  'Mozilla/5.0 (iPhone; CPU iPhone OS 17_5 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) ' +
  'Version/17.5 Mobile/15E148 Safari/604.1';

describe('a user agent', () => {
  it.each([
    [
      `Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) ${CHROME} Safari/537.36`,
      'Chrome',
      '126.0.0.0',
      'macOS',
    ],
    [
      `Mozilla/5.0 (Windows NT 10.0) ${CHROME} Safari/537.36 Edg/126.0.1.2`,
      'Microsoft Edge',
      '126.0.1.2',
      'Windows',
    ],
    [IPHONE, 'Safari', '17.5', 'iOS'],
    [
      `Mozilla/5.0 (Linux; Android 14; Pixel 8) ${CHROME} Mobile Safari/537.36`,
      'Chrome',
      '126.0.0.0',
      'Android',
    ],
    ['Mozilla/5.0 (X11; Linux x86_64; rv:127.0) Gecko/20100101 Firefox/127.0', 'Firefox', '127.0', 'Linux'],
    [
      `Mozilla/5.0 (Linux; Android 13; CUBOT P80) ${CHROME} Mobile Safari/537.36`,
      'Chrome',
      '126.0.0.0',
      'Android',
    ],
  ])('%s is a browser', (userAgent, browser, browserVersion, os) => {
    expect(devices.find(userAgent)).toEqual({ browser, browserVersion, os, bot: false });
  });

  it.each([
    'Mozilla/5.0 (compatible; Googlebot/2.1; +http://www.google.com/bot.html)',
    `Mozilla/5.0 ${WEBKIT}; compatible; bingbot/2.0; +http://www.bing.com/bingbot.htm) Chrome/116.0.1938.76`,
    'Mozilla/5.0 (compatible; AhrefsBot/7.0; +http://ahrefs.com/robot/)',
    'Mozilla/5.0 (compatible; SomethingNew/1.0; +https://new.example/about)',
    'GPTBot/1.0',
    'facebookexternalhit/1.1',
    'UptimeRobot/2.0',
    'Baiduspider/2.0',
  ])('%s is a bot', (userAgent) => {
    expect(devices.find(userAgent).bot).toBe(true);
  });

  it.each([
    'curl/8.4.0',
    'okhttp/4.9.0',
    'Dart/2.19 (dart:io)',
    'Mozilla/5.0',
    'x',
    '',
    '(((',
    '\0',
    '('.repeat(9_999),
  ])('%s tells nothing', (userAgent) => {
    const { browser, browserVersion, os, bot } = devices.find(userAgent);

    expect([browser, browserVersion, os, bot]).toEqual([undefined, undefined, undefined, false]);
  });

  it('is read no further than a browser goes on', () => {
    const browser = `Mozilla/5.0 (X11; Linux x86_64) ${CHROME} Safari/537.36`;

    expect(devices.find(`${browser}${' '.repeat(512)}Googlebot/2.1`)).toEqual(devices.find(browser));
  });
});
