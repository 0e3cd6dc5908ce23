import { describe, expect, it } from '@jest/globals';
import { RunningJobs } from './running-jobs.js';

describe('the jobs that run in a process', () => {
  it('leave a hint to the queue when none of its key runs', () => {
    expect(new RunningJobs().hint('a')).toBe(false);
  });

  it('do their work once more for all hints that come while it is done', async () => {
    const running = new RunningJobs();
    let times = 0;
    await running.run('a', async () => {
      times++;
      if (times === 1) for (let i = 0; i < 5; i++) expect(running.hint('a')).toBe(true);
      expect(running.hint('b')).toBe(false);
    });
    expect(times).toBe(2);
  });

  it('wait a little for the next hint where the last one came from here', async () => {
    const running = new RunningJobs();
    running.hint('a');
    let times = 0;
    const done = running.run('a', async () => {
      times++;
      if (times === 1) setImmediate(() => running.hint('a'));
    });
    await done;
    expect(times).toBe(2);
    expect(running.hint('a')).toBe(false);
  });

  it('forget a job that failed', async () => {
    const running = new RunningJobs();
    await expect(running.run('a', () => Promise.reject(new Error('no')))).rejects.toThrow('no');
    expect(running.hint('a')).toBe(false);
  });
});
