import type { Logger } from './logger.js';

/** How long a loop rests after a failure, in milliseconds. */
const AFTER_FAILURE_MS = 500;

/**
 * Does a piece of work again and again: `work` answers with how long to rest, in milliseconds. A failure is logged
 * and the loop goes on.
 */
export class Loop {
  private stopped = false;
  private wakeUp: () => void = () => undefined;
  private done: Promise<void> = Promise.resolve();

  constructor(
    private readonly name: string,
    private readonly work: () => Promise<number>,
    private readonly logger: Logger,
  ) {}

  start(): void {
    this.done = this.run();
  }

  /** Ends the rest, if it is resting. */
  wake(): void {
    this.wakeUp();
  }

  /** Resolves when the work underway is done. */
  stop(): Promise<void> {
    this.stopped = true;
    this.wakeUp();
    return this.done;
  }

  private async run(): Promise<void> {
    while (!this.stopped) {
      const restMs = await this.work().catch((error: unknown) => {
        this.logger.failure(this.name, error);
        return AFTER_FAILURE_MS;
      });
      if (!this.stopped && restMs > 0) await this.rest(restMs);
    }
  }

  private rest(ms: number): Promise<void> {
    return new Promise((resolve) => {
      const timer = setTimeout(resolve, ms);
      this.wakeUp = () => {
        clearTimeout(timer);
        resolve();
      };
    });
  }
}
