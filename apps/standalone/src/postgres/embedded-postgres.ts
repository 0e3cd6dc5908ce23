import { existsSync, realpathSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { StartError } from '#platform';
import { DATABASE_USER, ensureCluster } from './cluster.js';
import { lockHome } from './home-lock.js';
import { install } from './installation.js';
import { endOrphan, endServer, launch, type Server, type Settings } from './server.js';

export interface EmbeddedPostgresOptions {
  /** An existing directory. Postgres keeps its files in `postgres` below it, and logs to `postgres.log`. */
  readonly dataDir: string;
  /** False for data that is thrown away: faster, and lost when the machine crashes. */
  readonly durable: boolean;
  /** Unset: any free port of 127.0.0.1. */
  readonly port?: number;
  /** Told when Postgres ends though nobody stopped it. */
  readonly onLost?: (error: Error) => void;
}

/** Sized for two cores and a machine that does other work too. */
const SETTINGS: Settings = {
  listen_addresses: '127.0.0.1',
  max_connections: '100',
  shared_buffers: '256MB',
  wal_compression: 'on',
  max_wal_size: '2GB',
  checkpoint_timeout: '10min',
  random_page_cost: '1.1',
  jit: 'off',
  log_checkpoints: 'off',
};

const THROW_AWAY: Settings = { ...SETTINGS, max_connections: '300', fsync: 'off', full_page_writes: 'off' };

/** A Postgres of its own, from the npm package, for one process. */
export class EmbeddedPostgres {
  private readonly given = new AbortController();
  private server: Server | undefined;
  private unlock: (() => void) | undefined;
  private starting: Promise<string> | undefined;

  constructor(private readonly options: EmbeddedPostgresOptions) {}

  /**
   * Starts Postgres, making its database first where there is none, and ending an orphan of an earlier start.
   * @returns the connection string
   * @throws {StartError} when the data directory is in use, of another version, or out of reach
   */
  start(): Promise<string> {
    this.starting = this.open();
    return this.starting;
  }

  /** Stops Postgres, wherever its start has got to, and gives the data directory back. */
  async stop(): Promise<void> {
    this.given.abort();
    if (this.server?.child.pid !== undefined) await endServer(this.server.child.pid);
    await this.starting?.catch(() => undefined);
    this.unlock?.();
  }

  private async open(): Promise<string> {
    const { dataDir, durable, port = 0 } = this.options;
    const installation = install(dataDir);
    this.unlock = lockHome(installation.home, dataDir);
    await endOrphan(installation);
    const { signal } = this.given;
    const password = await ensureCluster(installation, signal);
    const settings = durable ? SETTINGS : THROW_AWAY;
    this.server = await launch(installation, { settings, log: join(dataDir, 'postgres.log'), port, signal });
    this.watch(this.server);
    return `postgres://${DATABASE_USER}:${password}@127.0.0.1:${this.server.port}/postgres`;
  }

  private watch({ child }: Server): void {
    child.once('exit', () => {
      const log = join(this.options.dataDir, 'postgres.log');
      if (!this.given.signal.aborted)
        this.options.onLost?.(new StartError(`Postgres has ended by itself: ${log} says why`));
    });
  }
}

/** Removes all that a stopped Postgres kept, wherever it was. */
export function removeEmbeddedPostgres(dataDir: string): void {
  const place = join(dataDir, 'postgres');
  if (existsSync(place)) rmSync(realpathSync(place), { recursive: true });
  // Tests that were interrupted may still be on their way out of it.
  rmSync(dataDir, { recursive: true, force: true, maxRetries: 10, retryDelay: 200 });
}
