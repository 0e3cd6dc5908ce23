import ipaddr from 'ipaddr.js';

type Address = ReturnType<typeof ipaddr.process>;
type Range = ReturnType<typeof ipaddr.parseCIDR>;

/** Where the demo, and a developer's receiver, are: what `MUSTER_ALLOW_TARGETS` is with the embedded stores. */
export const LOOPBACK_TARGETS = '127.0.0.0/8,::1/128';

/** Public IPv6 addresses are all in here; what `ipaddr.js` does not list as special is not public for that. */
const GLOBAL_UNICAST = ipaddr.parseCIDR('2000::/3');

/**
 * Where clouds keep the credentials of their machines. A wide range in the list does not open them: only one as
 * narrow as theirs does, which nobody writes by accident.
 */
const METADATA = [
  '169.254.0.0/16',
  'fe80::/10',
  '100.100.100.200/32',
  '168.63.129.16/32',
  '192.0.0.192/32',
  'fd00:ec2::254/128',
].map((range) => ipaddr.parseCIDR(range));

/** Says which addresses may be connected to: public ones, and those the operator listed. */
export class AddressGuard {
  private readonly listed: readonly Range[];

  /** @param targets comma-separated CIDRs or addresses that are allowed besides public ones */
  constructor(targets = '') {
    this.listed = parseTargets(targets);
  }

  /** @param text an IP address, an IPv4-mapped one included; anything else is not allowed */
  allows(text: string): boolean {
    if (!ipaddr.isValid(text)) return false;
    const address = ipaddr.process(text);
    const metadata = METADATA.find((range) => contains(range, address));
    if (metadata) return this.listed.some((range) => range[1] >= metadata[1] && contains(range, address));
    return isPublic(address) || this.listed.some((range) => contains(range, address));
  }
}

function isPublic(address: Address): boolean {
  if (address.range() !== 'unicast') return false;
  return address.kind() === 'ipv4' || contains(GLOBAL_UNICAST, address);
}

function contains([network, bits]: Range, address: Address): boolean {
  return network.kind() === address.kind() && address.match([network, bits] as never);
}

/** Whether the text is a list that {@link AddressGuard} takes. */
export function isTargetList(text: string): boolean {
  return split(text).every((target) => ipaddr.isValidCIDR(target) || ipaddr.isValid(target));
}

const parseTargets = (text: string): Range[] => split(text).map(parseTarget);

function parseTarget(target: string): Range {
  if (ipaddr.isValidCIDR(target)) return ipaddr.parseCIDR(target);
  const address = ipaddr.parse(target);
  return ipaddr.parseCIDR(`${target}/${address.kind() === 'ipv4' ? 32 : 128}`);
}

const split = (text: string): string[] =>
  text
    .split(',')
    .map((target) => target.trim())
    .filter((target) => target !== '');
