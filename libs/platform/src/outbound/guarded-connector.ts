import { type LookupAddress, type LookupOptions, lookup } from 'node:dns';
import { isIP, type LookupFunction, type Socket } from 'node:net';
import { buildConnector } from 'undici';
import type { AddressGuard } from './address-guard.js';

/** The target is an address that requests of this server must not reach. */
export class AddressDenied extends Error {
  constructor(host: string, address: string) {
    super(
      host === address
        ? `${host} is not a public address`
        : `${host} leads to ${address}, not a public address`,
    );
    this.name = 'AddressDenied';
  }
}

/**
 * Connects only where the guard allows: it looks at a literal host, which is never looked up; at every answer of the
 * DNS; and at the far end of the socket before it is used. Every new connection is checked anew, since names move.
 * @param timeout milliseconds for look-up, connection and TLS together
 */
export function guardedConnector(guard: AddressGuard, timeout: number): buildConnector.connector {
  const connect = buildConnector({ timeout, lookup: guardedLookup(guard) } as buildConnector.BuildOptions);
  return (options, callback) => {
    if (isIP(options.hostname) && !guard.allows(options.hostname))
      return callback(new AddressDenied(options.hostname, options.hostname), null);
    connect(options, (error, socket) => {
      if (error) return callback(error, null);
      const denied = deniedPeer(guard, options.hostname, socket);
      return denied ? callback(denied, null) : callback(null, socket);
    });
  };
}

function deniedPeer(guard: AddressGuard, hostname: string, socket: Socket): AddressDenied | undefined {
  const address = socket.remoteAddress ?? 'nowhere';
  if (guard.allows(address)) return undefined;
  socket.destroy();
  return new AddressDenied(hostname, address);
}

/** Answers with the allowed addresses of a name; fails when there is none among them. */
function guardedLookup(guard: AddressGuard): LookupFunction {
  return (hostname, options, callback) => {
    lookup(hostname, { ...options, all: true } as LookupOptions & { all: true }, (error, found) => {
      if (error) return callback(error, '');
      const allowed = found.filter(({ address }) => guard.allows(address));
      const first = allowed[0];
      if (!first) return callback(new AddressDenied(hostname, textOf(found)), '');
      return options.all ? callback(null, allowed) : callback(null, first.address, first.family);
    });
  };
}

const textOf = (found: LookupAddress[]): string => found.map(({ address }) => address).join(', ');
