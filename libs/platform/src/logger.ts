import type { LoggerService } from '@nestjs/common';
import { pino, type Logger as Pino } from 'pino';
import type { Environment } from './config.js';

/** How long a kind of failure stays quiet after it was logged, in milliseconds. */
const QUIET_MS = 1000;

/** JSON lines on standard error. A failure that repeats is logged once a second and kind, with a count of the others. */
export class Logger implements LoggerService {
  private readonly failures = new Map<string, { loggedAt: number; suppressed: number }>();

  constructor(private readonly pino: Pino) {}

  static at(level: Environment['LOG_LEVEL']): Logger {
    return new Logger(pino({ level }, pino.destination({ dest: 2, sync: true })));
  }

  /** Logs a failure of a store, a peer or a loop. `kind` is what repeats: `queue`, `database`, `apply`. */
  failure(kind: string, error: unknown): void {
    const now = Date.now();
    const last = this.failures.get(kind);
    if (last && now - last.loggedAt < QUIET_MS) {
      last.suppressed++;
      return;
    }
    this.failures.set(kind, { loggedAt: now, suppressed: 0 });
    this.pino.error(
      { kind, err: traceOf(error), ...(last?.suppressed ? { suppressed: last.suppressed } : {}) },
      messageOf(error),
    );
  }

  info(fields: object, message: string): void {
    this.pino.info(fields, message);
  }

  log(message: unknown, context?: string): void {
    this.pino.debug({ context }, String(message));
  }

  warn(message: unknown, context?: string): void {
    this.pino.warn({ context }, String(message));
  }

  error(message: unknown, ...rest: unknown[]): void {
    this.pino.error({ context: rest.at(-1) }, String(message));
  }

  fatal(message: unknown, ...rest: unknown[]): void {
    this.pino.fatal({ context: rest.at(-1) }, String(message));
  }
}

/**
 * Drivers hang whole connections, passwords included, and the values of a statement, which belong to people, on their
 * errors: only what tells what failed and where is logged.
 */
function traceOf(error: unknown): object {
  const { code, stack, cause } = Object(error) as { code?: unknown; stack?: unknown; cause?: unknown };
  return { code, stack, ...(cause ? { cause: traceOf(cause) } : {}) };
}

/** One line that says what went wrong; a refused connection has its reasons one level down. */
export function messageOf(error: unknown): string {
  if (error instanceof AggregateError && error.errors.length > 0) return messageOf(error.errors[0]);
  return error instanceof Error ? error.message : String(error);
}
