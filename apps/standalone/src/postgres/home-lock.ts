import { linkSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { StartError } from '#platform';
import { startOf } from './process-table.js';

/**
 * Makes this process the only one that uses a database. The lock lies where the database really is, and names its
 * holder by pid and start time, so that what a killed process left behind does not count.
 * @param dataDir as the user knows it
 * @returns what gives the database back
 * @throws {StartError} when another process has it
 */
export function lockHome(home: string, dataDir: string): () => void {
  const path = join(home, 'lock');
  const mine = `${process.pid} ${startOf(process.pid)}`;
  while (!take(path, mine)) {
    const holder = read(path);
    if (isAlive(holder)) throw inUse(dataDir, holder);
    removeStale(path, holder);
  }
  return () => {
    if (read(path) === mine) rmSync(path, { force: true });
  };
}

/** A link appears at once and with its content, so that nobody ever reads half a lock. */
function take(path: string, mine: string): boolean {
  const draft = `${path}.${process.pid}`;
  writeFileSync(draft, mine);
  try {
    linkSync(draft, path);
    return true;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'EEXIST') return false;
    throw error;
  } finally {
    rmSync(draft);
  }
}

function isAlive(holder: string): boolean {
  const [, pid, start] = /^(\d+) (.+)$/.exec(holder) ?? [];
  return pid !== undefined && startOf(Number(pid)) === start;
}

/** Another start may have done the same a moment ago and hold the lock by now: then it gets it back. */
function removeStale(path: string, stale: string): void {
  const aside = `${path}.${process.pid}.stale`;
  try {
    renameSync(path, aside);
    if (read(aside) !== stale) linkSync(aside, path);
  } catch (error) {
    if (!['ENOENT', 'EEXIST'].includes((error as NodeJS.ErrnoException).code ?? '')) throw error;
  } finally {
    rmSync(aside, { force: true });
  }
}

function read(path: string): string {
  try {
    return readFileSync(path, 'utf8');
  } catch {
    return '';
  }
}

function inUse(dataDir: string, holder: string): StartError {
  return new StartError(
    `data directory ${dataDir} is in use by another start (process ${holder.split(' ')[0]}): ` +
      'stop that one, or set MUSTER_DATA_DIR to another directory',
  );
}
