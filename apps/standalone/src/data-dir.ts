import { randomBytes } from 'node:crypto';
import { accessSync, constants, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { StartError } from '#platform';

/** Makes the data directory. @returns its absolute path @throws {StartError} when nothing can be kept there */
export function openDataDir(path: string): string {
  const dataDir = resolve(path);
  try {
    mkdirSync(dataDir, { recursive: true });
    accessSync(dataDir, constants.W_OK | constants.X_OK);
    return dataDir;
  } catch (error) {
    throw new StartError(
      `data directory ${dataDir} cannot be written (${(error as NodeJS.ErrnoException).code}): ` +
        'correct its permissions, or set MUSTER_DATA_DIR to a directory of yours',
    );
  }
}

/**
 * A secret that is made once and kept in a file only its owner reads.
 * @param prefix tells what it is to whoever finds it somewhere
 * @param bytes of chance in it
 */
export function keptSecret(dataDir: string, name: string, prefix = '', bytes = 32): string {
  const path = join(dataDir, name);
  try {
    return readFileSync(path, 'utf8').trim();
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ENOENT') throw unreadable(path, error);
  }
  const secret = prefix + randomBytes(bytes).toString('base64url');
  writeFileSync(path, `${secret}\n`, { mode: 0o600, flag: 'wx' });
  return secret;
}

function unreadable(path: string, error: unknown): StartError {
  return new StartError(
    `${path} cannot be read (${(error as NodeJS.ErrnoException).code}): ` +
      'start as the user that made the data directory, or set MUSTER_DATA_DIR to another one',
  );
}
