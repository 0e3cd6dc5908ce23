import { createServer, type Server } from 'node:http';

/** A site of another origin than the api, whose pages may load and call nothing but their own scripts and the api. */
export class Site {
  private constructor(
    private readonly server: Server,
    readonly url: string,
  ) {}

  /** @param scripts by path, `/boot.js`: every page loads all of them, and then the snippet */
  static async start(apiUrl: string, scripts: Readonly<Record<string, string>>): Promise<Site> {
    const tags = [...Object.keys(scripts), `${apiUrl}/snippet/demo.js`].map(
      (src) => `<script src="${src}" defer></script>`,
    );
    const page = `<!doctype html><title>A page</title>${tags.join('')}`;
    const policy = `default-src 'none'; script-src 'self' ${apiUrl}; connect-src ${apiUrl}`;
    const server = createServer(({ url = '/' }, response) => {
      const script = scripts[url];
      response.setHeader('content-type', script === undefined ? 'text/html' : 'text/javascript');
      response.setHeader('content-security-policy', policy);
      response.end(script ?? page);
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    const address = server.address();
    return new Site(server, `http://localhost:${typeof address === 'object' && address ? address.port : 0}`);
  }

  async stop(): Promise<void> {
    this.server.closeAllConnections();
    await new Promise((resolve) => this.server.close(resolve));
  }
}
