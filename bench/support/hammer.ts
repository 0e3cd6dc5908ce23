import autocannon from 'autocannon';
import { TOKEN } from './muster.js';

const CONNECTIONS = 64;

/** Requests a second that were a success. */
export async function hammer(url: string, bodies: readonly string[], seconds: number): Promise<number> {
  const headers = { authorization: `Bearer ${TOKEN}`, 'content-type': 'application/json' };
  let next = 0;
  const setupRequest = (request: autocannon.Request) => ({
    ...request,
    body: bodies[next++ % bodies.length] ?? '',
  });
  const result = await autocannon({
    url,
    connections: CONNECTIONS,
    duration: seconds,
    requests: [{ method: 'POST', headers, setupRequest }],
  });
  if (result.non2xx > 0 || result.errors > 0)
    console.log(`${result.non2xx} refused, ${result.errors} failed: ${url}`);
  return result['2xx'] / result.duration;
}
