import { Injectable } from '@nestjs/common';

/** How long a job that is hinted from its own process waits for the next hint, in milliseconds. */
const LINGER_MS = 50;

interface Run {
  again: boolean;
  /** Hints come from this process, so that it hears of the next one without the queue. */
  local: boolean;
  wake: () => void;
}

/**
 * The jobs that run in this process, by key. While one runs, a hint from the same process need not go through the
 * queue: the job looks once more. Under load that leaves the queue little to carry where one process does it all.
 */
@Injectable()
export class RunningJobs {
  private readonly runs = new Map<string, Run>();
  private readonly sent = new Set<string>();

  /** Hands a hint to the job it is for. False when that does not run here: the hint goes through the queue, then. */
  hint(key: string): boolean {
    const run = this.runs.get(key);
    if (!run) {
      this.sent.add(key);
      return false;
    }
    run.again = true;
    run.local = true;
    run.wake();
    return true;
  }

  /** Does the work, again for as long as hints keep coming. */
  async run(key: string, work: () => Promise<void>): Promise<void> {
    const run: Run = { again: true, local: this.sent.delete(key), wake: () => undefined };
    this.runs.set(key, run);
    try {
      while (run.again) {
        run.again = false;
        await work();
        if (run.local && !run.again) await linger(run);
      }
    } finally {
      this.runs.delete(key);
    }
  }
}

function linger(run: Run): Promise<void> {
  return new Promise((resolve) => {
    const timer = setTimeout(resolve, LINGER_MS);
    run.wake = () => {
      clearTimeout(timer);
      resolve();
    };
  });
}
