import { Inject, Injectable, type OnApplicationShutdown } from '@nestjs/common';
import { Agent } from 'undici';
import type { Outcome } from '#domain';
import { AddressGuard } from './address-guard.js';
import { Exchange } from './exchange.js';
import { guardedConnector } from './guarded-connector.js';
import { OutboundLimits } from './outbound-limits.js';

/** How long an idle connection is kept for the next request, in milliseconds. */
const KEEP_ALIVE_MS = 30_000;

/** A POST to somebody else's server. */
export interface OutboundRequest {
  readonly url: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
}

/**
 * The one way out. It follows no redirect and decodes no body. It has no limit of connections per host: that would
 * let one endpoint that hangs keep others on the same host from being reached. Who calls limits what is in flight.
 */
@Injectable()
export class OutboundSender implements OnApplicationShutdown {
  private readonly agent: Agent;

  constructor(
    @Inject(AddressGuard) guard: AddressGuard,
    @Inject(OutboundLimits) readonly limits: OutboundLimits,
  ) {
    this.agent = new Agent({
      connect: guardedConnector(guard, limits.connectMs),
      keepAliveTimeout: KEEP_ALIVE_MS,
      headersTimeout: 0,
      bodyTimeout: 0,
    });
  }

  /** Sends and waits for the answer. A fault of the other side, or of the way there, is an outcome and not an error. */
  post({ url, headers, body }: OutboundRequest): Promise<Outcome> {
    const target = URL.canParse(url) ? new URL(url) : undefined;
    if (!target || !/^https?:$/.test(target.protocol))
      return Promise.resolve({ error: 'url_invalid', message: `${url} is not an http URL`, durationMs: 0 });
    const request = { origin: target.origin, path: target.pathname + target.search, headers, body };
    return new Promise((resolve) => {
      this.agent.dispatch({ ...request, method: 'POST' }, new Exchange(this.limits, resolve));
    });
  }

  onApplicationShutdown(): Promise<void> {
    return this.agent.destroy();
  }
}
