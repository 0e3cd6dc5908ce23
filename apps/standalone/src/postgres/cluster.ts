import { type ChildProcess, spawn } from 'node:child_process';
import { chownSync, existsSync, readFileSync, renameSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { StartError } from '#platform';
import { keptSecret } from '../data-dir.js';
import type { Installation } from './installation.js';

/** The user that owns the embedded database. */
export const DATABASE_USER = 'muster';

/** UTF-8, compared byte by byte by Postgres itself: the same everywhere, whatever locales a machine has. */
const INITDB_OPTIONS = [
  `--username=${DATABASE_USER}`,
  '--auth=scram-sha-256',
  '--encoding=UTF8',
  '--locale=C',
  '--locale-provider=builtin',
  '--builtin-locale=C.UTF-8',
  '--no-instructions',
];

export const dataOf = ({ home }: Installation): string => join(home, 'data');

/** Makes the database where there is none yet. @returns the password of its user */
export async function ensureCluster(installation: Installation, signal: AbortSignal): Promise<string> {
  const data = dataOf(installation);
  const password = passwordOf(installation);
  if (existsSync(data)) assertSameMajor(installation);
  else await initialise(installation, signal);
  return password;
}

/** Made aside and then renamed, so that an interrupted first start leaves nothing half made. */
async function initialise(installation: Installation, signal: AbortSignal): Promise<void> {
  const draft = join(installation.home, 'data.new');
  rmSync(draft, { recursive: true, force: true });
  const passwordFile = `--pwfile=${join(installation.home, 'password')}`;
  const child = spawnBinary(installation, 'initdb', ['-D', draft, passwordFile, ...INITDB_OPTIONS]);
  signal.addEventListener('abort', () => child.kill('SIGTERM'));
  const problem = await outcomeOf(child);
  if (problem !== undefined) throw new Error(`initdb could not make the database: ${problem}`);
  renameSync(draft, dataOf(installation));
}

/** In bytes: a backend of glibc keeps the memory of a large statement for the next one, and does not give it back each time. */
const KEEP_MEMORY = {
  MALLOC_TRIM_THRESHOLD_: `${64 * 1024 * 1024}`,
  MALLOC_MMAP_THRESHOLD_: `${32 * 1024 * 1024}`,
};

/**
 * Starts one of Postgres' programs as the installation's user, in a process group of its own: Ctrl-C must reach it
 * through Muster only. Should Muster end without having stopped it, it is cut off, and recovers at the next start.
 * The environment is not passed on, for it may hold settings of another Postgres.
 */
export function spawnBinary(
  { binaries, account }: Installation,
  program: 'initdb' | 'postgres',
  options: string[],
  log?: number,
): ChildProcess {
  const child = spawn(join(binaries.directory, 'bin', program), options, {
    ...account,
    cwd: '/',
    detached: true,
    env: { PATH: process.env['PATH'], LC_ALL: 'C', TZ: 'UTC', ...KEEP_MEMORY },
    stdio: ['ignore', log ?? 'ignore', log ?? 'pipe'],
  });
  const cutOff = (): void => void child.kill('SIGQUIT');
  process.once('exit', cutOff);
  child.once('exit', () => process.off('exit', cutOff));
  return child;
}

/** What a program that has ended said on its standard error; undefined when it succeeded. */
async function outcomeOf(child: ChildProcess): Promise<string | undefined> {
  let said = '';
  child.stderr?.on('data', (chunk: Buffer) => (said += chunk.toString()));
  return new Promise((resolve) => {
    child.once('error', (error) => resolve(error.message));
    child.once('close', (code) => resolve(code === 0 ? undefined : said.trim() || `exit code ${code}`));
  });
}

function passwordOf({ home, account }: Installation): string {
  const password = keptSecret(home, 'password');
  if (account) chownSync(join(home, 'password'), account.uid, account.gid);
  return password;
}

function assertSameMajor(installation: Installation): void {
  const found = readFileSync(join(dataOf(installation), 'PG_VERSION'), 'utf8').trim();
  const [ours] = installation.binaries.version.split('.');
  if (found === ours) return;
  throw new StartError(
    `the database in ${installation.home} was made by Postgres ${found}, and this Muster brings Postgres ${ours}: ` +
      'start the Muster that made it, or set MUSTER_DATA_DIR to a new directory',
  );
}
