import { createServer, type IncomingHttpHeaders, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';
import { Webhook as Signature } from 'standardwebhooks';
import { type Webhook, webhookBody } from './webhook.js';

/** A webhook as it came. `id` is the same when it is sent again; `at` is in milliseconds. */
export interface Arrival {
  readonly id: string;
  readonly at: number;
  readonly verified: boolean;
  readonly webhook: Webhook;
}

/** Another system of yours that wants to know: a plain HTTP server on the loopback. */
export class Receiver {
  private readonly server = createServer((request, response) => void this.take(request, response));
  private readonly secret: Promise<string>;
  /** Tells the secret of the endpoint. What arrives before is kept waiting. */
  trust!: (secret: string) => void;

  constructor(private readonly onArrival: (arrival: Arrival) => void) {
    this.secret = new Promise((resolve) => {
      this.trust = resolve;
    });
  }

  /** Listens on a free port. @returns its URL */
  async start(): Promise<string> {
    await new Promise<void>((resolve) => {
      this.server.listen(0, '127.0.0.1', resolve);
    });
    return `http://127.0.0.1:${(this.server.address() as AddressInfo).port}/webhooks`;
  }

  stop(): void {
    this.server.close();
    this.server.closeAllConnections();
  }

  /** A signature that is not right is answered 400, and told of like the others. */
  private async take(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const at = Date.now();
    try {
      const body = await text(request);
      const verified = isSigned(body, request.headers, await this.secret);
      response.writeHead(verified ? 204 : 400).end();
      const webhook = webhookBody.parse(JSON.parse(body));
      this.onArrival({ id: String(request.headers['webhook-id']), at, verified, webhook });
    } catch {
      // Not a webhook of Muster's: whoever sent it is none of ours.
      response.destroy();
    }
  }
}

/** What any receiver should do first, in three lines. */
function isSigned(body: string, headers: IncomingHttpHeaders, secret: string): boolean {
  try {
    new Signature(secret).verify(body, headers as Record<string, string>);
    return true;
  } catch {
    return false;
  }
}
