import { setTimeout as sleep } from 'node:timers/promises';
import { messageOf } from './logger.js';
import { StartError } from './start-error.js';

/** Ctrl-C takes at most this long, in milliseconds; what has not closed by then is left to the kernel. */
const DEADLINE_MS = 4_800;

/** One thing that does not close must leave time for the others, in milliseconds. */
const CLOSE_MS = 3_500;

/** A terminal and npm both pass Ctrl-C on, so it may come twice: only a later one means impatience. */
const SAME_KEYSTROKE_MS = 500;

/** A process between its start and its end: what it opened, and how it closes. */
export class Running {
  private readonly closings: (() => unknown)[] = [];
  private interruptedAt: number | undefined;

  get ending(): boolean {
    return this.interruptedAt !== undefined;
  }

  /** Closes last what was opened first. Defer as soon as there is something to close, ready or not. */
  defer(close: () => unknown): void {
    if (this.ending) void close();
    else this.closings.unshift(close);
  }

  /** Ends the process because it cannot go on. The first reason is the one that counts. */
  fail(error: unknown): void {
    if (this.ending) return;
    process.stderr.write(`\nmuster: ${explain(error)}\n`);
    void this.end(1);
  }

  /** Ends the process because it was told to; told again, it ends at once. */
  interrupt(): void {
    if (this.interruptedAt === undefined) void this.end(0);
    else if (Date.now() - this.interruptedAt > SAME_KEYSTROKE_MS) process.exit(1);
  }

  private async end(code: number): Promise<void> {
    this.interruptedAt = Date.now();
    setTimeout(() => process.exit(1), DEADLINE_MS);
    for (const close of this.closings) await Promise.race([closed(close), sleep(CLOSE_MS)]);
    process.exit(code);
  }
}

async function closed(close: () => unknown): Promise<void> {
  try {
    await close();
  } catch (error) {
    process.stderr.write(`muster: ${messageOf(error)}\n`);
  }
}

/**
 * Runs a process until a signal ends it, with exit code 0, or it fails, with 1.
 * @param start opens what the process needs and defers the closing of each
 */
export async function runProcess(start: (running: Running) => Promise<void>): Promise<void> {
  const running = new Running();
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const)
    process.on(signal, () => running.interrupt());
  // A closed terminal takes its output away, and the process must still close what it opened.
  for (const stream of [process.stdout, process.stderr]) stream.on('error', () => undefined);
  try {
    await start(running);
  } catch (error) {
    running.fail(error);
  }
}

/** What the user can put right is told in one line; anything else is ours, and the trace tells where. */
function explain(error: unknown): string {
  if (error instanceof StartError || !(error instanceof Error)) return messageOf(error);
  return `could not start: ${error.stack ?? error.message}`;
}
