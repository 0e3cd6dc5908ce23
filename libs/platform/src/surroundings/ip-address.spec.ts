import { describe, expect, it } from '@jest/globals';
import { keptAddress, publicAddress } from './ip-address.js';

describe('what is kept of an address', () => {
  it.each([
    ['203.0.113.77', '203.0.113.77', '203.0.113.0'],
    ['2001:db8:1:2:3:4:5:6', '2001:db8:1:2:3:4:5:6', '2001:db8:1::'],
    ['2001:0DB8:0001::0006', '2001:db8:1::6', '2001:db8:1::'],
    ['::ffff:203.0.113.77', '203.0.113.77', '203.0.113.0'],
    ['10.1.2.3', '10.1.2.3', '10.1.2.0'],
    ['nonsense', undefined, undefined],
    ['1.2.3', undefined, undefined],
    ['', undefined, undefined],
    ['203.0.113.77, 10.0.0.1', undefined, undefined],
  ])('%s', (ip, full, truncated) => {
    expect(keptAddress(ip, 'full')).toBe(full);
    expect(keptAddress(ip, 'truncated')).toBe(truncated);
  });
});

describe('an address', () => {
  it.each([
    ['8.8.8.8', { text: '8.8.8.8', family: 'ipv4' }],
    ['::ffff:8.8.8.8', { text: '8.8.8.8', family: 'ipv4' }],
    ['2a00:1450:4001::200e', { text: '2a00:1450:4001::200e', family: 'ipv6' }],
  ])('%s is public', (ip, expected) => {
    expect(publicAddress(ip)).toEqual(expected);
  });

  it.each([
    '10.0.0.1',
    '127.0.0.1',
    '192.168.0.1',
    '169.254.1.1',
    '100.64.0.1',
    '0.0.0.0',
    '224.0.0.1',
    '::1',
    'fe80::1%eth0',
    'fd00::1',
    '2001:db8::1',
    '::ffff:10.0.0.1',
    'nonsense',
    '0x08080808',
    '134744072',
    '',
  ])('%s is not', (ip) => {
    expect(publicAddress(ip)).toBeUndefined();
  });
});
