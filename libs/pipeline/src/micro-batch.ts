import { isTransient } from '#database';

interface Waiting<T, R> {
  readonly item: T;
  readonly resolve: (result: R) => void;
  readonly reject: (error: unknown) => void;
}

/**
 * Lets callers that come together share one statement: a batch starts when the one before is done, so that it is
 * small when there is little to do and large when there is much. An item that makes its batch fail fails alone.
 */
export class MicroBatch<T, R> {
  private waiting: Waiting<T, R>[] = [];
  private running = false;

  /**
   * @param work answers with one result an item, in their order
   * @param limit items of one batch at most
   */
  constructor(
    private readonly work: (items: T[]) => Promise<R[]>,
    private readonly limit = 500,
  ) {}

  add(item: T): Promise<R> {
    return new Promise((resolve, reject) => {
      this.waiting.push({ item, resolve, reject });
      if (!this.running) this.start();
    });
  }

  /** One turn of the event loop later, so that requests that arrived together are one batch. */
  private start(): void {
    this.running = true;
    setImmediate(() => void this.run());
  }

  private async run(): Promise<void> {
    while (this.waiting.length > 0) {
      const batch = this.waiting.slice(0, this.limit);
      this.waiting = this.waiting.slice(this.limit);
      await this.settle(batch);
    }
    this.running = false;
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
