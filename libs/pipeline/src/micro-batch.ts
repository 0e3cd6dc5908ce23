import { setTimeout as pause } from 'node:timers/promises';
import { isTransient } from '#database';

/** A batch smaller than this rests before the next one for as long as it took, and at most so many milliseconds. */
const SMALL = 16;
const MOST_REST_MS = 3;

/** What one batch holds at most, in whatever {@link MicroBatch} measures its items in. */
const LIMIT = 2_000;

/** Batches underway at once: a second one only when there is enough for a full one. */
const PARALLEL = 2;

interface Waiting<T, R> {
  readonly item: T;
  readonly resolve: (result: R) => void;
  readonly reject: (error: unknown) => void;
}

/**
 * Lets callers that come together share one statement: a batch starts when the one before is done, and has rested if
 * it was small, so that batches are as large as there is much to do. The first of a while never waits. An item that
 * makes its batch fail fails alone.
 */
export class MicroBatch<T, R> {
  private waiting: Waiting<T, R>[] = [];
  private size = 0;
  private running = 0;

  /**
   * @param work answers with one result an item, in their order
   * @param sizeOf what an item counts for towards a full batch
   */
  constructor(
    private readonly work: (items: T[]) => Promise<R[]>,
    private readonly sizeOf: (item: T) => number = () => 1,
  ) {}

  add(item: T): Promise<R> {
    return new Promise((resolve, reject) => {
      this.waiting.push({ item, resolve, reject });
      this.size += this.sizeOf(item);
      if (this.running === 0 || (this.running < PARALLEL && this.size >= LIMIT)) this.start();
    });
  }

  /** One turn of the event loop later, so that requests that arrived together are one batch. */
  private start(): void {
    this.running++;
    setImmediate(() => void this.run());
  }

  private async run(): Promise<void> {
    while (this.waiting.length > 0) {
      const batch = this.take();
      const started = performance.now();
      await this.settle(batch);
      if (batch.length < SMALL && this.size < LIMIT)
        await pause(Math.min(performance.now() - started, MOST_REST_MS));
    }
    this.running--;
  }

  private take(): Waiting<T, R>[] {
    let count = 0;
    let size = 0;
    for (const { item } of this.waiting) {
      size += this.sizeOf(item);
      if (count > 0 && size > LIMIT) break;
      count++;
    }
    const batch = this.waiting.splice(0, count);
    for (const { item } of batch) this.size -= this.sizeOf(item);
    return batch;
  }

  private async settle(batch: Waiting<T, R>[]): Promise<void> {
    try {
      const results = await this.work(batch.map((waiting) => waiting.item));
      batch.forEach((waiting, i) => waiting.resolve(results[i] as R));
    } catch (error) {
      if (batch.length === 1 || isTransient(error)) {
        for (const waiting of batch) waiting.reject(error);
        return;
      }
      const middle = Math.ceil(batch.length / 2);
      await this.settle(batch.slice(0, middle));
      await this.settle(batch.slice(middle));
    }
  }
}
