import { describe, expect, it } from '@jest/globals';
import { AddressGuard, isTargetList, LOOPBACK_TARGETS } from './address-guard.js';

/** Ranges that no request may reach by default: private, special, or a disguise of one of them. */
const DENIED = [
  ['this host', '0.0.0.0', '0.1.2.3'],
  ['loopback', '127.0.0.1', '127.255.255.254', '::1'],
  ['private', '10.0.0.1', '172.16.0.1', '172.31.255.255', '192.168.1.1'],
  ['carrier-grade NAT', '100.64.0.1', '100.127.255.255'],
  ['link-local', '169.254.1.1', 'fe80::1', 'fe80::1%eth0'],
  ['metadata', '169.254.169.254', 'fd00:ec2::254', '100.100.100.200', '168.63.129.16', '192.0.0.192'],
  ['benchmark', '198.18.0.1', '2001:2::1'],
  ['documentation', '192.0.2.1', '198.51.100.1', '203.0.113.1', '2001:db8::1', '3fff::1'],
  ['multicast, broadcast, class E', '224.0.0.1', '255.255.255.255', '240.0.0.1', 'ff02::1'],
  ['protocol assignments', '192.0.0.1', '192.88.99.1'],
  ['IPv4-mapped', '::ffff:127.0.0.1', '::ffff:10.0.0.1', '::ffff:7f00:1', '::ffff:169.254.169.254'],
  ['IPv4-compatible and translated', '::127.0.0.1', '::ffff:0:127.0.0.1'],
  ['NAT64', '64:ff9b::7f00:1', '64:ff9b::8.8.8.8', '64:ff9b:1::7f00:1'],
  ['6to4 and Teredo', '2002:7f00:1::', '2002:808:808::', '2001::1'],
  ['unique and site local', 'fc00::1', 'fd12:3456::1', 'fec0::1'],
  ['discard, SRv6, unspecified, outside 2000::/3', '100::1', '5f00::1', '::', '4000::1', '1::1'],
] as const;

describe('by default', () => {
  const guard = new AddressGuard();

  it.each(DENIED)('nothing in %s', (_, ...addresses) => {
    for (const address of addresses) expect([address, guard.allows(address)]).toEqual([address, false]);
  });

  it.each(['8.8.8.8', '1.1.1.1', '172.32.0.1', '::ffff:8.8.8.8', '2606:4700::1111', '2a00:1450:4001::64'])(
    'the public address %s',
    (address) => {
      expect(guard.allows(address)).toBe(true);
    },
  );

  it.each(['', 'localhost', 'example.com', '[::1]', '127.0.0.1:80'])(
    'nothing that is no address: "%s"',
    (text) => {
      expect(guard.allows(text)).toBe(false);
    },
  );
});

describe('with a list', () => {
  it('what is in it, and no more', () => {
    const guard = new AddressGuard('10.1.0.0/16, 192.168.1.7,fd00::/8');
    expect(['10.1.2.3', '192.168.1.7', 'fd00::1', '::ffff:10.1.2.3'].every((a) => guard.allows(a))).toBe(
      true,
    );
    expect(['10.2.0.1', '192.168.1.8', '127.0.0.1', '::1'].some((a) => guard.allows(a))).toBe(false);
  });

  it('a developer reaches the loopback', () => {
    const guard = new AddressGuard(LOOPBACK_TARGETS);
    expect(['127.0.0.1', '127.8.9.10', '::1', '::ffff:127.0.0.1'].every((a) => guard.allows(a))).toBe(true);
    expect(['10.0.0.1', '0.0.0.0', '169.254.169.254'].some((a) => guard.allows(a))).toBe(false);
  });

  it('metadata only when it is named', () => {
    const wide = new AddressGuard('0.0.0.0/0,::/0');
    expect(wide.allows('10.0.0.1')).toBe(true);
    expect(wide.allows('169.254.169.254')).toBe(false);
    expect(wide.allows('168.63.129.16')).toBe(false);
    expect(wide.allows('fd00:ec2::254')).toBe(false);
    expect(new AddressGuard('169.254.169.254').allows('169.254.169.254')).toBe(true);
    expect(new AddressGuard('169.254.0.0/16').allows('169.254.1.1')).toBe(true);
  });

  it.each([
    ['10.0.0.0/8', true],
    ['10.0.0.0/8, 192.168.1.7,fd00::/8,::1', true],
    ['10.0.0.0/8, intranet', false],
    ['10.0.0.0/33', false],
    ['10.0.0.0/', false],
    ['10.0.0.0/8;10.0.0.1', false],
  ])('"%s": %s', (list, expected) => {
    expect(isTargetList(list)).toBe(expected);
  });
});
