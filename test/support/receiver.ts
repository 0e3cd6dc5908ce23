import {
  createServer,
  type IncomingHttpHeaders,
  type IncomingMessage,
  type Server,
  type ServerResponse,
} from 'node:http';
import type { AddressInfo } from 'node:net';
import { Webhook } from 'standardwebhooks';
import { waitFor } from './wait-for.js';

/** A request as it came. `id` is its `webhook-id`, `at` milliseconds, `peerPort` tells connections apart. */
export interface Received {
  readonly id: string;
  readonly peerPort: number | undefined;
  readonly path: string;
  readonly headers: IncomingHttpHeaders;
  readonly body: string;
  readonly at: number;
}

/** `hang` never answers, `drip` sends a byte now and then for ever, `drop` closes the connection. */
export type Reply =
  | { readonly status?: number; readonly headers?: Record<string, string>; readonly body?: string | Buffer }
  | 'hang'
  | 'drip'
  | 'drop';

const DRIP_MS = 20;

/** Somebody else's server on a free port of the loopback: keeps what it is sent, and answers as it is told. */
export class Receiver {
  readonly received: Received[] = [];
  /** How often somebody has connected. */
  connections = 0;
  private reply: (received: Received) => Reply | Promise<Reply> = () => ({ status: 200 });

  private constructor(private readonly server: Server) {}

  static async start(): Promise<Receiver> {
    const server = createServer({ keepAliveTimeout: 60_000 });
    const receiver = new Receiver(server);
    server.on('connection', () => receiver.connections++);
    server.on('request', (request, response) => {
      const chunks: Buffer[] = [];
      request.on('data', (chunk: Buffer) => chunks.push(chunk));
      request.on('end', () => {
        void receiver.take(request, Buffer.concat(chunks).toString(), response);
      });
    });
    await new Promise<void>((resolve) => {
      server.listen(0, '127.0.0.1', resolve);
    });
    return receiver;
  }

  get url(): string {
    return `http://127.0.0.1:${this.port}/`;
  }

  get port(): number {
    return (this.server.address() as AddressInfo).port;
  }

  /** How it answers from now on. */
  answer(reply: Reply | ((received: Received) => Reply | Promise<Reply>)): void {
    this.reply = typeof reply === 'function' ? reply : () => reply;
  }

  /** The first request, past or to come, that satisfies `predicate`. */
  next(predicate: (received: Received) => boolean = () => true): Promise<Received> {
    return waitFor(() => this.received.find(predicate));
  }

  /** Resolves with all requests as soon as there are `count`. */
  async count(count: number): Promise<readonly Received[]> {
    await waitFor(() => this.received.length >= count);
    return this.received;
  }

  async stop(): Promise<void> {
    this.server.closeAllConnections();
    await new Promise((resolve) => {
      this.server.close(resolve);
    });
  }

  private async take(request: IncomingMessage, body: string, response: ServerResponse): Promise<void> {
    const { url: path = '', headers, socket } = request;
    const id = String(headers['webhook-id']);
    const received = { id, peerPort: socket.remotePort, path, headers, body, at: Date.now() };
    this.received.push(received);
    const reply = await this.reply(received);
    if (reply === 'drop') response.destroy();
    else if (reply === 'drip') drip(response);
    else if (reply !== 'hang') response.writeHead(reply.status ?? 200, reply.headers).end(reply.body);
  }
}

/** What the receiver's own library makes of a request: the parsed body. @throws if the signature is not right */
export function verified(received: Received, secret: string): unknown {
  return new Webhook(secret).verify(received.body, received.headers as Record<string, string>);
}

function drip(response: ServerResponse): void {
  response.writeHead(200);
  const timer = setInterval(() => response.write('.'), DRIP_MS);
  response.on('close', () => clearInterval(timer));
}
