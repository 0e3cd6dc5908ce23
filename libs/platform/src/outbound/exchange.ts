import type { IncomingHttpHeaders } from 'node:http';
import type { Dispatcher } from 'undici';
import type { Outcome } from '#domain';
import { messageOf } from '../logger.js';
import { failureCodeOf } from './failure-code.js';
import type { OutboundLimits } from './outbound-limits.js';

/** How much of an answer is kept, in bytes. */
const EXCERPT_BYTES = 4 * 1024;

/**
 * One request and its answer. Whatever comes first settles it: the end of the answer, its size limit, a fault or the
 * deadline. The deadline covers everything, for a body that drips never runs into a timeout between two bytes.
 */
export class Exchange implements Dispatcher.DispatchHandler {
  private readonly startedAt = performance.now();
  private readonly deadline: NodeJS.Timeout;
  private controller: Dispatcher.DispatchController | undefined;
  private status = 0;
  private retryAfter: string | undefined;
  private readonly excerpt: Buffer[] = [];
  private size = 0;
  private settled = false;

  constructor(
    private readonly limits: OutboundLimits,
    private readonly resolve: (outcome: Outcome) => void,
  ) {
    this.deadline = setTimeout(() => {
      this.settle({ ...this.timed(), error: 'timeout', message: `no answer in ${limits.deadlineMs} ms` });
    }, limits.deadlineMs);
  }

  onRequestStart(controller: Dispatcher.DispatchController): void {
    this.controller = controller;
    if (this.settled) this.abort();
  }

  onResponseStart(_: Dispatcher.DispatchController, status: number, headers: IncomingHttpHeaders): void {
    if (status < 200) return;
    this.status = status;
    this.retryAfter = headers['retry-after'];
  }

  onResponseData(_: Dispatcher.DispatchController, chunk: Buffer): void {
    if (this.size < EXCERPT_BYTES) this.excerpt.push(chunk);
    this.size += chunk.length;
    if (this.size > this.limits.responseBytes) this.settle(this.answer());
  }

  onResponseEnd(): void {
    this.settle(this.answer(), { keepSocket: true });
  }

  onResponseError(_: Dispatcher.DispatchController | undefined, error: Error): void {
    this.settle({ ...this.timed(), error: failureCodeOf(error), message: messageOf(error) });
  }

  private settle(outcome: Outcome, { keepSocket = false } = {}): void {
    if (this.settled) return;
    this.settled = true;
    clearTimeout(this.deadline);
    if (!keepSocket) this.abort();
    this.resolve(outcome);
  }

  /** Closes the socket: the rest of the answer is not wanted. undici connects once more for it, and sends nothing. */
  private abort(): void {
    this.controller?.abort(new Error('settled'));
  }

  /** Postgres keeps no NUL in a text. */
  private answer(): Outcome {
    const bytes = Buffer.concat(this.excerpt).subarray(0, EXCERPT_BYTES);
    const response = bytes.toString().replaceAll('\0', '\uFFFD');
    return { ...this.timed(), status: this.status, retryAfter: this.retryAfter, response };
  }

  private timed(): { durationMs: number } {
    return { durationMs: Math.round(performance.now() - this.startedAt) };
  }
}
