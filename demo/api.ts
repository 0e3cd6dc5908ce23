import { IntercomClient } from 'intercom-client';
import { z } from 'zod';
import { DemoError } from './demo-error.js';
import type { Server } from './server.js';

const ANSWER_MS = 10_000;

const created = z.object({ id: z.string(), secret: z.string().default('') });
type Created = z.output<typeof created>;

const errorList = z.object({ errors: z.array(z.object({ message: z.string() })).min(1) });

/** Muster as its customer's code sees it: Intercom's own SDK for what Intercom has, plain HTTP for the rest. */
export class Api {
  readonly intercom: IntercomClient;
  private readonly made: string[] = [];

  constructor(
    private readonly server: Server,
    private readonly signal: AbortSignal,
  ) {
    const { url: environment, token } = server;
    const send: typeof fetch = (input, init) => this.fetch(String(input), init);
    this.intercom = new IntercomClient({ environment, token, maxRetries: 0, fetch: send });
  }

  /** Makes something that {@link removeAll} removes. @returns its id, and the secret of an endpoint */
  async create(path: '/endpoints' | '/segments', body: object): Promise<Created> {
    const answer = created.parse(await (await this.send('POST', path, body)).json());
    this.made.push(`${path}/${answer.id}`);
    return answer;
  }

  async post(path: string, body: object = {}): Promise<void> {
    await this.send('POST', path, body);
  }

  async get<T>(path: string, schema: z.ZodType<T>): Promise<T> {
    return schema.parse(await (await this.send('GET', path)).json());
  }

  /** Removes what {@link create} has made, even after an interruption. */
  async removeAll(): Promise<void> {
    const last = new Api(this.server, new AbortController().signal);
    for (const path of this.made.splice(0)) await last.send('DELETE', path);
  }

  private async send(method: string, path: string, body?: object): Promise<Response> {
    const response = await this.fetch(this.server.url + path, {
      method,
      headers: { authorization: `Bearer ${this.server.token}`, 'content-type': 'application/json' },
      ...(body && { body: JSON.stringify(body) }),
    });
    if (response.ok) return response;
    throw new DemoError(`${method} ${path} was answered ${response.status}: ${await reasonOf(response)}`);
  }

  private async fetch(url: string, init: RequestInit = {}): Promise<Response> {
    const signal = AbortSignal.any([this.signal, AbortSignal.timeout(ANSWER_MS)]);
    const response = await fetch(url, { ...init, signal }).catch((error: unknown) => {
      this.signal.throwIfAborted();
      throw new DemoError(`${this.server.url} does not answer (${causeOf(error)}): is Muster running there?`);
    });
    if (response.status !== 401) return response;
    throw new DemoError(
      `${this.server.url} refuses the token (${await reasonOf(response)}): ` +
        'set MUSTER_TOKEN to the one that npm start printed there',
    );
  }
}

async function reasonOf(response: Response): Promise<string> {
  const body = await response.text();
  try {
    return errorList
      .parse(JSON.parse(body))
      .errors.map(({ message }) => message)
      .join('; ');
  } catch {
    return body.slice(0, 200);
  }
}

/** What fetch hides behind "fetch failed". */
function causeOf(error: unknown): string {
  const { cause, message } = error as Error;
  return (cause as NodeJS.ErrnoException | undefined)?.code ?? message;
}
