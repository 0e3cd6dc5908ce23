import { Injectable } from '@nestjs/common';
import { Database, DeliveryRepository, EndpointRepository, type FinishedAttempt } from '#database';
import { Logger } from '#platform';

/** An outcome waits this long for others, in milliseconds: one commit for a group is six times as fast as one each. */
const GROUP_MS = 5;
const GROUP_SIZE = 200;

/** How long to wait before a write that failed is tried again, in milliseconds. */
const RETRY_MS = 200;

/** An attempt that has come to an end. `leaseEndsAt` in milliseconds of the process: past it, another may have begun. */
export interface Outcoming extends FinishedAttempt {
  readonly leaseEndsAt: number;
}

type Waiting = Outcoming & { readonly done: () => void };

/**
 * Writes outcomes in groups, of all endpoints. While Postgres is away it tries again until the leases end, for what
 * was delivered and not written is delivered twice.
 */
@Injectable()
export class OutcomeWriter {
  private waiting: Waiting[] = [];
  private timer: NodeJS.Timeout | undefined;
  private writing = false;
  private stopped = false;

  constructor(
    private readonly database: Database,
    private readonly deliveries: DeliveryRepository,
    private readonly endpoints: EndpointRepository,
    private readonly logger: Logger,
  ) {}

  /** Resolves when the outcome is written, or its lease has ended. */
  write(attempt: Outcoming): Promise<void> {
    if (this.stopped) return Promise.resolve();
    return new Promise((done) => {
      this.waiting.push({ ...attempt, done });
      if (this.waiting.length >= GROUP_SIZE) this.flush();
      else this.timer ??= setTimeout(() => this.flush(), GROUP_MS);
    });
  }

  /** Writes nothing from now on, and nothing again. */
  stop(): void {
    this.stopped = true;
  }

  /** One group at a time: what comes while it is written is the next. */
  private flush(): void {
    clearTimeout(this.timer);
    this.timer = undefined;
    if (this.writing || this.waiting.length === 0) return;
    const group = this.waiting;
    this.waiting = [];
    this.writing = true;
    void this.writeGroup(group).finally(() => {
      this.writing = false;
      this.flush();
    });
  }

  private async writeGroup(group: readonly Waiting[]): Promise<void> {
    try {
      await this.store(group);
      for (const { done } of group) done();
    } catch (error) {
      this.logger.failure('deliver', error);
      setTimeout(() => this.writeAgain(group), RETRY_MS);
    }
  }

  private writeAgain(group: readonly Waiting[]): void {
    const now = this.stopped ? Infinity : performance.now();
    const held = group.filter(({ leaseEndsAt }) => leaseEndsAt > now);
    for (const { leaseEndsAt, done } of group) if (leaseEndsAt <= now) done();
    if (held.length > 0) void this.writeGroup(held);
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
