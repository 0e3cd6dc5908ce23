import { type CanActivate, type ExecutionContext, Injectable } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import ipaddr from 'ipaddr.js';
import { RateLimits } from '../http/rate-limits.js';
import { tell } from '../http/token.guard.js';

/** Whoever has an IPv6 address has at least the 2^64 of its network. */
const NETWORK_PARTS = 4;

/** Lets in an address that has calls left. */
@Injectable()
export class AddressGuard implements CanActivate {
  constructor(private readonly limits: RateLimits) {}

  canActivate(context: ExecutionContext): boolean {
    const http = context.switchToHttp();
    const { ip } = http.getRequest<FastifyRequest>();
    tell(this.limits.countAddress(holderOf(ip)), http.getResponse<FastifyReply>());
    return true;
  }
}

/** An address, or the network of it that one holder has. */
function holderOf(ip: string): string {
  if (!ipaddr.isValid(ip)) return ip;
  const address = ipaddr.process(ip);
  return 'parts' in address ? address.parts.slice(0, NETWORK_PARTS).join(':') : address.toString();
}
