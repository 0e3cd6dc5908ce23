import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { DATABASE_USER } from './cluster.js';

/** The connection string of the Postgres that runs over a data directory; undefined while none does. */
export function runningPostgres(dataDir: string): string | undefined {
  const read = (file: string): string | undefined => {
    try {
      return readFileSync(join(dataDir, 'postgres', file), 'utf8').trim();
    } catch {
      return undefined;
    }
  };
  const [pid, , , port, , , , state] = read('data/postmaster.pid')?.split('\n') ?? [];
  const password = read('password');
  if (state?.trim() !== 'ready' || password === undefined || !isRunning(Number(pid))) return undefined;
  return `postgres://${DATABASE_USER}:${password}@127.0.0.1:${port}/postgres`;
}

function isRunning(pid: number): boolean {
  try {
    return process.kill(pid, 0);
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
}
