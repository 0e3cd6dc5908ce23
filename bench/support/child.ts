import { type ChildProcess, spawn } from 'node:child_process';
import { createServer } from 'node:net';
import { setTimeout as pause } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';

/** The folder of the compiled benchmarks and apps. */
const DIST = fileURLToPath(new URL('../../', import.meta.url));

/** A process of its own that runs a compiled file, with these settings and no others. */
export function run(file: string, settings: Readonly<Record<string, string>>): ChildProcess {
  return spawn(process.execPath, [`${DIST}${file}`], {
    env: { PATH: process.env['PATH'], NODE_OPTIONS: '--max-semi-space-size=64', ...settings },
    stdio: ['ignore', 'ignore', 'inherit'],
  });
}

export async function end(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const ended = new Promise((resolve) => child.once('exit', resolve));
  child.kill('SIGTERM');
  await ended;
}

/** Waits until an HTTP server answers anything at all. */
export async function answers(url: string): Promise<void> {
  for (let attempt = 0; attempt < 600; attempt++) {
    if (
      await fetch(url).then(
        () => true,
        () => false,
      )
    )
      return;
    await pause(50);
  }
  throw new Error(`${url} does not answer`);
}

/** A port that was free a moment ago. */
export async function freePort(): Promise<number> {
  const probe = createServer();
  await new Promise<void>((resolve) => probe.listen(0, '127.0.0.1', resolve));
  const address = probe.address();
  await new Promise((resolve) => probe.close(resolve));
  return typeof address === 'object' && address ? address.port : 0;
}
