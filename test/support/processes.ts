import { type ChildProcess, spawn } from 'node:child_process';
import { hash } from 'node:crypto';
import { closeSync, mkdtempSync, openSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Database, dataSource, WorkspaceRepository } from '#database';
import { migrateQueue } from '#queue';
import { TOKEN } from './config.js';
import { freePort } from './redis.js';
import { waitFor } from './wait-for.js';

export type ProcessName = 'api' | 'worker' | 'dispatcher';
const NAMES: readonly ProcessName[] = ['api', 'worker', 'dispatcher'];

/** Api, worker and dispatcher as three processes over stores that the test owns. */
export class Processes {
  private readonly running = new Map<ProcessName, ChildProcess>();
  private readonly logs = mkdtempSync(join(tmpdir(), 'muster-logs-'));

  private constructor(
    private readonly port: number,
    private readonly settings: Readonly<Record<string, string>>,
  ) {}

  /** @param databaseUrl of a migrated database */
  static async start(databaseUrl: string, redisUrl?: string): Promise<Processes> {
    await migrateQueue(databaseUrl);
    const database = new Database(await dataSource({ url: databaseUrl }).initialize());
    await new WorkspaceRepository(database).ensureFirst('demo', hash('sha256', TOKEN, 'hex'));
    await database.close();
    const port = await freePort();
    const processes = new Processes(port, {
      PATH: process.env['PATH'] ?? '',
      DATABASE_URL: databaseUrl,
      ...(redisUrl ? { REDIS_URL: redisUrl } : {}),
      PORT: `${port}`,
      MUSTER_SECRET_KEY: 'a secret key that only tests use',
      MUSTER_ALLOW_TARGETS: '127.0.0.0/8',
      LOG_LEVEL: 'error',
    });
    for (const name of NAMES) processes.launch(name);
    await processes.ready();
    return processes;
  }

  get url(): string {
    return `http://127.0.0.1:${this.port}`;
  }

  /** A request with the workspace's token; rejects when nobody answers. */
  send(method: string, path: string, body?: object): Promise<Response> {
    return fetch(this.url + path, {
      method,
      headers: { authorization: `Bearer ${TOKEN}`, 'content-type': 'application/json' },
      ...(body ? { body: JSON.stringify(body) } : {}),
    });
  }

  /** SIGKILL, and a new one in its place. */
  async replace(name: ProcessName): Promise<void> {
    await this.kill(name, 'SIGKILL');
    this.launch(name);
  }

  async stop(): Promise<void> {
    await Promise.all(NAMES.map((name) => this.kill(name, 'SIGTERM')));
    rmSync(this.logs, { recursive: true });
  }

  /** What a process has logged, this one and those in its place before. */
  log(name: ProcessName): string {
    return readFileSync(join(this.logs, name), 'utf8');
  }

  /** Waits until the api answers and finds its stores well. */
  ready(): Promise<boolean> {
    const answers = () =>
      this.send('GET', '/health/ready').then(
        ({ ok }) => ok,
        () => false,
      );
    return waitFor(answers, 30_000);
  }

  private launch(name: ProcessName): void {
    const log = openSync(join(this.logs, name), 'a');
    const main = join(process.cwd(), 'dist/apps', name, 'src/main.js');
    this.running.set(
      name,
      spawn(process.execPath, [main], { env: this.settings, stdio: ['ignore', log, log] }),
    );
    closeSync(log);
  }

  private async kill(name: ProcessName, signal: NodeJS.Signals): Promise<void> {
    const child = this.running.get(name);
    if (!child || child.exitCode !== null || child.signalCode !== null) return;
    const ended = new Promise((resolve) => child.once('exit', resolve));
    child.kill(signal);
    await ended;
  }
}
