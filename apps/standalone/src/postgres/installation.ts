import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import {
  chownSync,
  cpSync,
  existsSync,
  mkdirSync,
  realpathSync,
  renameSync,
  rmSync,
  statSync,
  symlinkSync,
} from 'node:fs';
import { join } from 'node:path';
import { StartError } from '#platform';
import { type Account, canReach, unprivilegedAccount } from './account.js';
import { type Binaries, findBinaries } from './binaries.js';

/** What Postgres runs from, where it keeps its files, and as whom it runs. */
export interface Installation {
  readonly binaries: Binaries;
  /** The directory of the database and its password, links resolved. */
  readonly home: string;
  /** Undefined: as whoever runs Muster. */
  readonly account?: Account;
}

/** Where an unprivileged user can reach what lies behind a closed door, such as root's home. */
const OUTSIDE = '/var/lib/muster';

/**
 * Finds or makes a place for Postgres: `<dataDir>/postgres`. When root starts Muster, Postgres runs as another user,
 * who may not be able to reach that place or the npm package; then the link `<dataDir>/postgres` leads to one that
 * it can reach, and the package is copied beside it.
 */
export function install(dataDir: string): Installation {
  const place = join(dataDir, 'postgres');
  if (process.getuid?.() !== 0) return { binaries: findBinaries(), home: homeOfOwn(place) };
  const owner = unprivilegedOwner(place);
  const account = owner ?? unprivilegedAccount();
  return {
    binaries: reachableBinaries(account),
    home: owner ? reachableHome(place, account) : makeHome(dataDir, account),
    account,
  };
}

function homeOfOwn(place: string): string {
  if (!existsSync(place)) mkdirSync(place, { mode: 0o700 });
  if (statSync(place).uid === process.getuid?.()) return realpathSync(place);
  throw new StartError(
    `the database in ${place} belongs to another user: start as that user (or as root), ` +
      'or set MUSTER_DATA_DIR to another directory',
  );
}

/** Whoever made the database goes on running it; root's is one whose making was interrupted. */
function unprivilegedOwner(place: string): Account | undefined {
  if (!existsSync(place)) return undefined;
  const { uid, gid } = statSync(place);
  return uid === 0 ? undefined : { uid, gid };
}

function makeHome(dataDir: string, account: Account): string {
  const place = join(dataDir, 'postgres');
  // A link that leads nowhere does not exist, and is in the way.
  if (!existsSync(place)) rmSync(place, { force: true });
  const home = canReach(account, dataDir) ? place : join(outside(), hash(dataDir));
  mkdirSync(home, { recursive: true, mode: 0o700 });
  chownSync(home, account.uid, account.gid);
  if (home !== place) symlinkSync(home, place);
  return realpathSync(home);
}

/** The place itself may be a link that only root can follow: what counts is where it leads. */
function reachableHome(place: string, account: Account): string {
  const home = realpathSync(place);
  if (canReach(account, home)) return home;
  throw new StartError(
    `Postgres runs as user ${account.uid}, who cannot reach ${home}: let others enter the directories above it ` +
      '(chmod o+x), or set MUSTER_DATA_DIR to another directory',
  );
}

function reachableBinaries(account: Account): Binaries {
  const found = findBinaries();
  if (canReach(account, join(found.directory, 'bin/postgres'))) return found;
  const directory = join(outside(), `postgres-${found.version}`);
  if (!existsSync(directory)) copyForAll(found.directory, directory);
  return { ...found, directory };
}

/** The copy appears whole or not at all, though the process may be killed, or two may copy at once. */
function copyForAll(from: string, to: string): void {
  const draft = `${to}.${process.pid}`;
  cpSync(from, draft, { recursive: true, verbatimSymlinks: true });
  spawnSync('chmod', ['-R', 'a+rX', draft]);
  try {
    renameSync(draft, to);
  } catch (error) {
    rmSync(draft, { recursive: true, force: true });
    if (!existsSync(to)) throw error;
  }
}

function outside(): string {
  mkdirSync(OUTSIDE, { recursive: true });
  return OUTSIDE;
}

const hash = (path: string): string => createHash('sha256').update(path).digest('hex').slice(0, 16);
