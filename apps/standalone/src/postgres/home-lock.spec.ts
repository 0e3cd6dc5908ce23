import { spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { lockHome } from './home-lock.js';
import { startOf } from './process-table.js';

describe('the lock of a database', () => {
  let home: string;

  beforeEach(() => {
    home = mkdtempSync(join(tmpdir(), 'muster-lock-'));
  });

  afterEach(() => rmSync(home, { recursive: true }));

  const leave = (holder: string) => writeFileSync(join(home, 'lock'), holder);

  it('is held by one start at a time, and given back', () => {
    const unlock = lockHome(home, '/data');
    expect(() => lockHome(home, '/data')).toThrow(
      `data directory /data is in use by another start (process ${process.pid})`,
    );
    unlock();
    lockHome(home, '/data')();
    expect(existsSync(join(home, 'lock'))).toBe(false);
  });

  it('of a process that has ended does not count', () => {
    const { pid } = spawnSync('true');
    leave(`${pid} long ago`);
    expect(lockHome(home, '/data')).toBeInstanceOf(Function);
  });

  it('of a process whose pid another one has now does not count', () => {
    leave(`${process.pid} before that`);
    expect(lockHome(home, '/data')).toBeInstanceOf(Function);
  });

  it.each(['', 'nonsense'])('that says %j does not count', (holder) => {
    leave(holder);
    expect(lockHome(home, '/data')).toBeInstanceOf(Function);
  });

  it('of another living process counts', () => {
    leave(`${process.ppid} ${startOf(process.ppid)}`);
    expect(() => lockHome(home, '/data')).toThrow(`(process ${process.ppid})`);
  });

  it('is not given back by one who lost it', () => {
    const unlock = lockHome(home, '/data');
    leave(`${process.ppid} ${startOf(process.ppid)}`);
    unlock();
    expect(existsSync(join(home, 'lock'))).toBe(true);
  });
});
