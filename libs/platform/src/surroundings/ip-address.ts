import { isIP } from 'node:net';
import ipaddr from 'ipaddr.js';
import type { IpAddresses } from '#domain';

/** How much of an address is kept when it is truncated, in bits: the network of a site, not a household's. */
const KEPT_BITS = { ipv4: 24, ipv6: 48 } as const;

type Address = ipaddr.IPv4 | ipaddr.IPv6;

/** IPv4 that comes as IPv6 (`::ffff:192.0.2.1`) is IPv4. Undefined for what is no address. */
const parsed = (ip: string): Address | undefined => (isIP(ip) === 0 ? undefined : ipaddr.process(ip));

/** The address if it is one that the whole internet knows; undefined for private and special ones, and for what is none. */
export function publicAddress(
  ip: string,
): { readonly text: string; readonly family: 'ipv4' | 'ipv6' } | undefined {
  const address = parsed(ip);
  if (address?.range() !== 'unicast') return undefined;
  return { text: address.toString(), family: address.kind() };
}

/** What is kept of an address; undefined for what is none. */
export function keptAddress(ip: string, kept: Exclude<IpAddresses, 'none'>): string | undefined {
  const address = parsed(ip);
  if (!address || kept === 'full') return address?.toString();
  const bits = KEPT_BITS[address.kind()] / 8;
  const bytes = address.toByteArray().map((byte, i) => (i < bits ? byte : 0));
  return ipaddr.fromByteArray(bytes).toString();
}
