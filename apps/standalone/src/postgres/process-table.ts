import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';

const linux = process.platform === 'linux';

/**
 * When a process started, as opaque text: a pid is used again one day, a pid with its start never. A zombie counts as
 * ended.
 * @returns undefined when there is no such process
 */
export function startOf(pid: number): string | undefined {
  try {
    return linux ? startInProc(pid) : ps(pid, 'lstart=');
  } catch {
    return undefined;
  }
}

/** The arguments of a process, the program first. Empty when there is no such process, or none of ours. */
export function argumentsOf(pid: number): string {
  try {
    return linux ? readFileSync(`/proc/${pid}/cmdline`, 'utf8').replaceAll('\0', ' ') : ps(pid, 'command=');
  } catch {
    return '';
  }
}

/** Waits until a process has ended. @returns false when it has not after `timeoutMs` */
export async function ended(pid: number, timeoutMs: number): Promise<boolean> {
  const deadline = Date.now() + timeoutMs;
  while (startOf(pid) !== undefined) {
    if (Date.now() > deadline) return false;
    await sleep(20);
  }
  return true;
}

/** proc(5): after the name in parentheses come the state (field 3) and, as field 22, the start in ticks since boot. */
function startInProc(pid: number): string | undefined {
  const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
  const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
  if (fields[0] === 'Z' || fields[0] === 'X') return undefined;
  return `${readFileSync('/proc/sys/kernel/random/boot_id', 'utf8').trim()} ${fields[19]}`;
}

function ps(pid: number, column: string): string {
  return execFileSync('ps', ['-ww', '-o', column, '-p', `${pid}`], { encoding: 'utf8' }).trim();
}
