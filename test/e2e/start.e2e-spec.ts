import { execFileSync, spawnSync } from 'node:child_process';
import { chmodSync, existsSync, lstatSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals';
import { Client } from 'pg';
import { embeddedUrl, newDataDir, processesOf, removeDataDir, Standalone } from '../support/standalone.js';
import { waitFor } from '../support/wait-for.js';

const curlFound = spawnSync('curl', ['--version']).status === 0;
const itWithCurl = curlFound ? it : it.skip;
const itAsRoot = process.getuid?.() === 0 ? it : it.skip;

/** Starts are seconds long, and many times that on a busy machine. */
jest.setTimeout(120_000);

/** Nothing listens there. */
const CLOSED = '127.0.0.1:9';

/** One process after another over one data directory, each test leaving it for the next. */
describe('one command', () => {
  const dataDir = newDataDir();
  const settings = { MUSTER_DATA_DIR: dataDir };
  let muster: Standalone;
  let token: string;

  beforeAll(async () => {
    muster = await Standalone.ready(settings);
    token = muster.token;
  });

  afterAll(async () => {
    await muster.end('SIGKILL');
    removeDataDir(dataDir);
  });

  it('starts everything and says where it is', async () => {
    expect(muster.output).toMatch(/App id +demo\n/);
    expect(token).toMatch(/^muster_.{43}$/);
    expect((await fetch(`${muster.address}/health/live`)).status).toBe(200);
  });

  it('keeps what is secret to its owner', () => {
    for (const name of ['token', 'secret-key', 'postgres/password'])
      expect(statSync(join(dataDir, name)).mode & 0o777).toBe(0o600);
    expect(statSync(join(dataDir, 'postgres')).mode & 0o777).toBe(0o700);
  });

  itWithCurl('prints requests that work when pasted, and again', () => {
    expect(muster.curls).toHaveLength(3);
    const [create = '', send = '', read = ''] = muster.curls;
    expect(paste(create)).toMatchObject({ status: 200, body: { type: 'contact', name: 'Ada' } });
    expect(paste(send)).toMatchObject({ status: 202 });
    expect(paste(send)).toMatchObject({ status: 202 });
    expect(paste(read)).toMatchObject({ status: 200, body: { type: 'contact', name: 'Ada' } });
    expect(paste(create)).toMatchObject({ status: 409, body: { errors: [{ code: 'conflict' }] } });
  });

  it('refuses a data directory that another start uses', async () => {
    const second = Standalone.start(settings);
    expect(await second.ended()).toBe(1);
    expect(second.output.trim()).toBe(
      `muster: data directory ${dataDir} is in use by another start (process ${muster.child.pid}): ` +
        'stop that one, or set MUSTER_DATA_DIR to another directory',
    );
    expect((await fetch(`${muster.address}/health/live`)).status).toBe(200);
  });

  it('refuses a port that is taken, and leaves nothing running', async () => {
    const { port } = new URL(muster.address);
    const other = newDataDir();
    const second = Standalone.start({ MUSTER_DATA_DIR: other, PORT: port });
    expect(await second.ended()).toBe(1);
    expect(second.output.trim()).toBe(
      `muster: port ${port} of 127.0.0.1 is taken: stop what listens there, ` +
        `or start with another one, as in PORT=${Number(port) + 1}`,
    );
    expect(processesOf(other)).toEqual([]);
    removeDataDir(other);
  });

  it('stops on Ctrl-C within 5 s and leaves no process behind', async () => {
    expect(processesOf(dataDir)).not.toEqual([]);
    expect(await muster.end('SIGINT')).toBeLessThan(5_000);
    expect(muster.exitCode).toBe(0);
    expect(processesOf(dataDir)).toEqual([]);
  });

  itWithCurl('keeps its token and its data until the next start', async () => {
    const read = muster.curls[2] ?? '';
    const before = muster.address;
    muster = await Standalone.ready(settings);
    expect(muster.token).toBe(token);
    expect(paste(read.replace(before, muster.address))).toMatchObject({ status: 200, body: { name: 'Ada' } });
  });

  it('recovers when it was killed and its Postgres lives on', async () => {
    const [orphan] = processesOf(dataDir);
    await muster.end('SIGKILL');
    expect(processesOf(dataDir)).toEqual([orphan]);
    muster = await Standalone.ready(settings);
    expect(muster.token).toBe(token);
    expect(processesOf(dataDir)).not.toContain(orphan);
  });

  it('recovers when everything was killed, whoever has its pids now', async () => {
    for (const pid of processesOf(dataDir)) process.kill(pid, 'SIGKILL');
    await muster.end('SIGKILL');
    await waitFor(() => processesOf(dataDir).length === 0);
    reusePid(join(dataDir, 'postgres/data/postmaster.pid'));
    muster = await Standalone.ready(settings);
    expect(muster.token).toBe(token);
  });

  it('ends when its Postgres does, and says so', async () => {
    for (const pid of processesOf(dataDir)) process.kill(pid, 'SIGQUIT');
    expect(await muster.ended()).toBe(1);
    expect(muster.output).toContain(
      `muster: Postgres has ended by itself: ${join(dataDir, 'postgres.log')} says why`,
    );
    muster = await Standalone.ready(settings);
  });

  it('refuses the data of a newer version', async () => {
    const client = new Client({ connectionString: embeddedUrl(dataDir) });
    await client.connect();
    await client.query(`INSERT INTO migration (timestamp, name) VALUES (9, 'TheFuture9')`);
    await client.end();
    await muster.end('SIGTERM');
    const older = Standalone.start(settings);
    expect(await older.ended()).toBe(1);
    expect(older.output.trim()).toMatch(/^muster: the data was written by a newer Muster \(TheFuture9 .*$/);
    expect(processesOf(dataDir)).toEqual([]);
  });

  it('refuses the data of another Postgres', async () => {
    writeFileSync(join(dataDir, 'postgres/data/PG_VERSION'), '19\n');
    const older = Standalone.start(settings);
    expect(await older.ended()).toBe(1);
    expect(older.output.trim()).toMatch(
      /^muster: the database in .* was made by Postgres 19, and .* new directory$/,
    );
  });
});

describe('a start that cannot be', () => {
  const dataDir = newDataDir();
  const secret = { MUSTER_SECRET_KEY: 'sixteen characters and more' };

  afterAll(() => removeDataDir(dataDir));

  it('says in one line what to do, and exits with 1', async () => {
    const file = join(dataDir, 'file');
    writeFileSync(file, '');
    const cases: [Record<string, string>, RegExp][] = [
      [
        { DATABASE_URL: `postgres://${CLOSED}/muster`, ...secret },
        /^muster: cannot connect to Postgres at 127.0.0.1:9 \(.*\): start it, or correct DATABASE_URL$/,
      ],
      [
        { REDIS_URL: `redis://${CLOSED}` },
        /^muster: cannot connect to Redis at 127.0.0.1:9 \(.*\): start it, or correct REDIS_URL$/,
      ],
      [
        { MUSTER_DATA_DIR: join(file, 'below') },
        /^muster: data directory .* cannot be written \(ENOTDIR\): .* set MUSTER_DATA_DIR .*$/,
      ],
      [{ HOST: '192.0.2.1' }, /^muster: cannot listen on 192.0.2.1 \(.*\): correct HOST$/],
    ];
    const starts = cases.map(([settings]) => Standalone.start({ MUSTER_DATA_DIR: dataDir, ...settings }));
    for (const [index, [, line]] of cases.entries()) {
      expect(await starts[index]?.ended()).toBe(1);
      expect(starts[index]?.output.trim()).toMatch(line);
    }
  });

  it('lists everything that is wrong with the settings at once', async () => {
    const start = Standalone.start({ PORT: 'x', LOG_LEVEL: 'loud', DATABASE_URL: 'mysql://db' });
    expect(await start.ended()).toBe(1);
    const names = ['PORT', 'LOG_LEVEL', 'DATABASE_URL', 'MUSTER_SECRET_KEY'];
    for (const name of names) expect(start.output).toContain(`  ${name}: expected `);
    expect(start.output).not.toContain('    at ');
  });

  it('leaves nothing behind when it is interrupted while the database is made', async () => {
    const fresh = newDataDir();
    const start = Standalone.start({ MUSTER_DATA_DIR: fresh });
    await waitFor(() => processesOf(fresh).length > 0);
    expect(await start.end('SIGINT')).toBeLessThan(5_000);
    expect(start.exitCode).toBe(0);
    await waitFor(() => processesOf(fresh).length === 0);
    expect(existsSync(join(fresh, 'postgres/lock'))).toBe(false);
    removeDataDir(fresh);
  });
});

itAsRoot('root starts it, and again, where nobody else may enter: Postgres lives elsewhere', async () => {
  const closed = newDataDir();
  chmodSync(closed, 0o700);
  const dataDir = join(closed, 'with a space');
  for (const signal of ['SIGHUP', 'SIGTERM'] as const) {
    const muster = await Standalone.ready({ MUSTER_DATA_DIR: dataDir });
    expect(lstatSync(join(dataDir, 'postgres')).isSymbolicLink()).toBe(true);
    await muster.end(signal);
    expect(muster.exitCode).toBe(0);
    expect(processesOf(dataDir)).toEqual([]);
  }
  removeDataDir(dataDir);
  removeDataDir(closed);
});

/** Runs a printed line in a shell, as a reader would. */
function paste(line: string): { status: number; body: unknown } {
  const said = execFileSync('sh', ['-c', `${line} -sS -w '\\n%{http_code}'`], { encoding: 'utf8' });
  const [status = '', ...body] = said.split('\n').reverse();
  return { status: Number(status), body: body.join('') === '' ? undefined : JSON.parse(body.join('')) };
}

/** As if the killed Postgres' pid were now that of another program: this one. */
function reusePid(pidFile: string): void {
  const said = execFileSync('sed', [`1s/.*/${process.pid}/`, pidFile], { encoding: 'utf8' });
  writeFileSync(pidFile, said);
}
