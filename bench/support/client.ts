import { Pool } from 'undici';

/** Sends requests with the workspace's token, as fast as may be. */
export class Client {
  private readonly pool: Pool;
  private readonly headers: Readonly<Record<string, string>>;

  constructor(
    readonly url: string,
    token: string,
  ) {
    this.pool = new Pool(url, { connections: 64 });
    this.headers = { authorization: `Bearer ${token}`, 'content-type': 'application/json' };
  }

  /** The answer's body, parsed if there is one. Rejects when it is not a success. */
  async post<T>(path: string, body: object): Promise<T> {
    const { headers } = this;
    const answer = await this.pool.request({ method: 'POST', path, headers, body: JSON.stringify(body) });
    const text = await answer.body.text();
    if (answer.statusCode >= 300) throw new Error(`${path} answered ${answer.statusCode}: ${text}`);
    return (text ? JSON.parse(text) : undefined) as T;
  }

  close(): Promise<void> {
    return this.pool.close();
  }
}
