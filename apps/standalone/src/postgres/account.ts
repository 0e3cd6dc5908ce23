import { execFileSync, spawnSync } from 'node:child_process';
import { StartError } from '#platform';

/** An unprivileged user, for Postgres refuses to run as root. */
export interface Account {
  readonly uid: number;
  readonly gid: number;
}

/** Who runs Postgres when root starts Muster: the user `postgres` where there is one, else `muster`, made if need be. */
export function unprivilegedAccount(): Account {
  const account = find('postgres') ?? find('muster') ?? make('muster');
  if (account) return account;
  throw new StartError(
    'Postgres does not run as root, and no user could be made for it: ' +
      'make one (useradd --system muster), or start as an ordinary user',
  );
}

/** Whether the account can reach a path, as the kernel sees it: modes, owners and access lists of all directories. */
export function canReach(account: Account, path: string): boolean {
  const check = spawnSync('/bin/sh', ['-c', 'test -x "$0"', path], { ...account, cwd: '/', stdio: 'ignore' });
  return check.status === 0;
}

function find(name: string): Account | undefined {
  try {
    return { uid: idOf('-u', name), gid: idOf('-g', name) };
  } catch {
    return undefined;
  }
}

function idOf(option: string, name: string): number {
  return Number(
    execFileSync('id', [option, name], { encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore'] }),
  );
}

/** `useradd` is everywhere but on Alpine, whose `adduser` is BusyBox's. */
function make(name: string): Account | undefined {
  const ways: [string, string[]][] = [
    ['useradd', ['--system', '--no-create-home', name]],
    ['adduser', ['-S', '-D', '-H', name]],
  ];
  for (const [command, options] of ways) {
    if (spawnSync(command, options, { stdio: 'ignore' }).status === 0) return find(name);
  }
  return undefined;
}
