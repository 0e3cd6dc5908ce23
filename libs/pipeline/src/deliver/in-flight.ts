import { Injectable } from '@nestjs/common';
import {
  type Claim,
  type ClaimedDelivery,
  DeliveryRepository,
  type FinishedAttempt,
  type WantedClaim,
} from '#database';
import type { Id } from '#domain';
import { Logger } from '#platform';
import { MicroBatch } from '../micro-batch.js';
import { Attempter, type Target } from './attempter.js';
import { OutcomeWriter } from './outcome-writer.js';

/** A lease outlives the attempt by this, for the outcome to be written, in milliseconds. */
const LEASE_MARGIN_MS = 5_000;

/** How long attempts may take to land when the process ends, in milliseconds: it closes in 3.5 s, all in all. */
const LANDING_MS = 2_500;

/** What is told of each attempt, once: its request has ended; then its outcome is written, or given up. */
export interface Progress {
  answered(): void;
  written(): void;
}

/** What deliveries of one claim have in common. `leaseEndsAt` in milliseconds of the process. */
interface Errand {
  readonly target: Target;
  readonly leaseEndsAt: number;
  readonly progress: Progress;
}

/** The attempts that this process is making. What it claims it starts at once, so that no lease waits here. */
@Injectable()
export class InFlight {
  private readonly held = new Set<ClaimedDelivery>();
  private readonly underway = new Set<Promise<unknown>>();
  private readonly claims: MicroBatch<WantedClaim, Claim | undefined>;

  constructor(
    private readonly deliveries: DeliveryRepository,
    private readonly attempter: Attempter,
    private readonly writer: OutcomeWriter,
    private readonly logger: Logger,
  ) {
    this.claims = new MicroBatch((wanted) => deliveries.claim(wanted, this.leaseMs / 1000));
  }

  /** Starts up to `limit` deliveries that are due. Answers how many. */
  start(endpointId: Id, limit: number, progress: Progress): Promise<number> {
    return this.track(this.claim(endpointId, limit, progress));
  }

  /** Waits for what is in flight, and gives back what has not landed. To be called when nothing more is started. */
  async land(): Promise<void> {
    const late = new Promise<boolean>((resolve) => {
      setTimeout(() => resolve(true), LANDING_MS).unref();
    });
    while (this.underway.size > 0 && (await Promise.race([late, ...this.underway])) !== true);
    this.writer.stop();
    if (this.held.size > 0) await this.deliveries.release([...this.held]);
  }

  private get leaseMs(): number {
    return this.attempter.deadlineMs + LEASE_MARGIN_MS;
  }

  private async claim(endpointId: Id, limit: number, progress: Progress): Promise<number> {
    const leaseEndsAt = performance.now() + this.leaseMs;
    const claim = await this.claims.add({ endpointId, limit });
    if (!claim) return 0;
    const errand = { target: this.attempter.targetOf(claim, endpointId), leaseEndsAt, progress };
    for (const delivery of claim.deliveries) {
      this.held.add(delivery);
      void this.track(this.carryOut(delivery, errand));
    }
    return claim.deliveries.length;
  }

  private async carryOut(delivery: ClaimedDelivery, errand: Errand): Promise<void> {
    try {
      const attempt = await this.attempt(delivery, errand);
      await this.writer.write(attempt, errand.leaseEndsAt);
    } catch (error) {
      this.logger.failure('deliver', error);
    }
    this.held.delete(delivery);
    errand.progress.written();
  }

  private async attempt(delivery: ClaimedDelivery, { target, progress }: Errand): Promise<FinishedAttempt> {
    try {
      return await this.attempter.attempt(target, delivery);
    } finally {
      progress.answered();
    }
  }

  private track<T>(work: Promise<T>): Promise<T> {
    const tracked: Promise<T> = work.finally(() => this.underway.delete(tracked));
    this.underway.add(tracked);
    return tracked;
  }
}
