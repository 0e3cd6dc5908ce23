import type { ChildProcess } from 'node:child_process';
import { answers, freePort, run } from './child.js';

/** A bare Nest + Fastify server: the floor beside which the api is measured. */
export async function startBare(): Promise<{ child: ChildProcess; url: string }> {
  const port = await freePort();
  const child = run('bench/support/bare-nest.js', { PORT: `${port}` });
  const url = `http://127.0.0.1:${port}`;
  await answers(url);
  return { child, url };
}
