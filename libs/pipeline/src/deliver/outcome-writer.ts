import { Injectable } from '@nestjs/common';
import { Database, DeliveryRepository, EndpointRepository, type FinishedAttempt } from '#database';
import { Logger } from '#platform';

/** An outcome waits this long for others, in milliseconds: one commit for a group is six times as fast as one each. */
const GROUP_MS = 5;
const GROUP_SIZE = 500;

/** How long to wait before a write that failed is tried again, in milliseconds. */
const RETRY_MS = 200;

interface Waiting {
  readonly attempt: FinishedAttempt;
  readonly leaseEndsAt: number;
  readonly done: () => void;
}

/**
 * Writes outcomes in groups, of all endpoints. While Postgres is away it tries again until the leases end, for what
 * was delivered and not written is delivered twice.
 */
@Injectable()
export class OutcomeWriter {
  private waiting: Waiting[] = [];
  private timer: NodeJS.Timeout | undefined;
  private stopped = false;

  constructor(
    private readonly database: Database,
    private readonly deliveries: DeliveryRepository,
    private readonly endpoints: EndpointRepository,
    private readonly logger: Logger,
  ) {}

  /**
   * Resolves when the outcome is written, or its lease has ended.
   * @param leaseEndsAt in milliseconds of the process: past it, another attempt may have begun
   */
  write(attempt: FinishedAttempt, leaseEndsAt: number): Promise<void> {
    if (this.stopped) return Promise.resolve();
    return new Promise((done) => {
      this.waiting.push({ attempt, leaseEndsAt, done });
      this.timer ??= setTimeout(() => this.flush(), GROUP_MS);
    });
  }

  /** Writes nothing from now on, and nothing again. */
  stop(): void {
    this.stopped = true;
  }

  /** One group at a time: while it is written the next one gathers. */
  private async flush(): Promise<void> {
    const group = this.waiting.splice(0, GROUP_SIZE);
    const restMs = await this.writeGroup(group);
    this.timer = this.waiting.length > 0 ? setTimeout(() => this.flush(), restMs) : undefined;
  }

  /** Answers how long to rest before the next group, in milliseconds. */
  private async writeGroup(group: readonly Waiting[]): Promise<number> {
    try {
      await this.store(group.map(({ attempt }) => attempt));
      for (const { done } of group) done();
      return 0;
    } catch (error) {
      this.logger.failure('deliver', error);
      this.keep(group);
      return RETRY_MS;
    }
  }

  /** Puts back what can still be written. */
  private keep(group: readonly Waiting[]): void {
    const now = this.stopped ? Infinity : performance.now();
    this.waiting.unshift(...group.filter(({ leaseEndsAt }) => leaseEndsAt > now));
    for (const { leaseEndsAt, done } of group) if (leaseEndsAt <= now) done();
  }

  private async store(group: readonly FinishedAttempt[]): Promise<void> {
    const disabled = new Map(
      group.flatMap(({ delivery, verdict }) =>
        verdict.kind === 'dead' && verdict.disable ? [[delivery.endpointId, verdict.disable] as const] : [],
      ),
    );
    if (disabled.size === 0) return this.deliveries.finish(group);
    await this.database.transaction(async (tx) => {
      await this.deliveries.finish(group, tx);
      for (const [endpointId, reason] of disabled) await this.endpoints.disable(endpointId, reason, tx);
    });
  }
}
