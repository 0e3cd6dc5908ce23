import { type BeforeApplicationShutdown, Injectable } from '@nestjs/common';
import type { Id } from '#domain';
import { Logger } from '#platform';
import { JobProducer } from '#queue';
import { InFlight, type Progress } from './in-flight.js';
import type { Window } from './window.js';
import { Windows } from './windows.js';

/** How long an endpoint is drained before others have their turn, in milliseconds. */
const TURN_MS = 2_000;

/**
 * Drains endpoints: claims what it can start now, and starts it. Requests land on their own, so that a slow one holds
 * up neither the job nor what becomes due meanwhile; each makes room for the next claim when it is answered.
 */
@Injectable()
export class DeliverService implements BeforeApplicationShutdown {
  private stopping = false;

  constructor(
    private readonly inFlight: InFlight,
    private readonly windows: Windows,
    private readonly producer: JobProducer,
    private readonly logger: Logger,
  ) {}

  /** Starts what is due at the endpoint, as much as there is room for; the rest follows as room is made. */
  async drain(endpointId: Id): Promise<void> {
    const window = this.windows.of(endpointId);
    window.turnEndsAt = performance.now() + TURN_MS;
    await this.fill(window);
  }

  /** Whether this process will come to what is due at the endpoint without being told. */
  isDraining(endpointId: Id): boolean {
    return this.windows.find(endpointId)?.more ?? false;
  }

  async beforeApplicationShutdown(): Promise<void> {
    this.stopping = true;
    await this.inFlight.land();
  }

  private async fill(window: Window): Promise<void> {
    window.more = true;
    if (window.claiming) return;
    window.claiming = true;
    try {
      while (window.more && !this.stopping && (await this.claimInto(window)));
    } catch (error) {
      // The sweeper comes back to it.
      window.more = false;
      this.logger.failure('deliver', error);
    }
    window.claiming = false;
    this.windows.forget(window);
  }

  /** False when there is no room. */
  private async claimInto(window: Window): Promise<boolean> {
    const places = this.windows.take(window);
    if (places === 0) return false;
    window.more = false;
    let started = 0;
    try {
      started = await this.inFlight.start(window.endpointId, places, this.progressOf(window));
    } finally {
      this.windows.answered(window, places - started);
      this.release(places - started);
    }
    if (started === places) window.more = true;
    return true;
  }

  private progressOf(window: Window): Progress {
    return {
      answered: () => {
        this.windows.answered(window, 1);
        if (window.more) this.refill(window);
      },
      written: () => this.release(1),
    };
  }

  private release(places: number): void {
    const next = this.windows.release(places);
    if (next) this.refill(next);
  }

  /** Later in this tick, when all that is answered or written in it has made room. */
  private refill(window: Window): void {
    if (window.refilling) return;
    window.refilling = true;
    setImmediate(() => {
      window.refilling = false;
      if (performance.now() < window.turnEndsAt) void this.fill(window);
      else this.endTurn(window);
    });
  }

  private endTurn(window: Window): void {
    window.more = false;
    this.windows.forget(window);
    if (!this.stopping) this.producer.hint('deliver.endpoint', { endpointId: window.endpointId });
  }
}
