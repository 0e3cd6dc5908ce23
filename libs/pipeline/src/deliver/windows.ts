import { Injectable } from '@nestjs/common';
import type { Id } from '#domain';
import { Window } from './window.js';

/** How many deliveries one process has in hand, to all endpoints together: sent, or being written down. */
export const CAP = 1_024;

/** The windows of the endpoints that something is in flight to, and what they may have in hand together. */
@Injectable()
export class Windows {
  private readonly windows = new Map<Id, Window>();
  /** Windows that found no place under the cap, in the order they asked. */
  private readonly queue = new Set<Window>();
  private inHand = 0;

  find(endpointId: Id): Window | undefined {
    return this.windows.get(endpointId);
  }

  of(endpointId: Id): Window {
    let window = this.windows.get(endpointId);
    if (!window) this.windows.set(endpointId, (window = new Window(endpointId)));
    return window;
  }

  /** Takes as many places as the window and the cap have. With none under the cap the window waits its turn. */
  take(window: Window): number {
    const places = Math.min(window.free, CAP - this.inHand);
    if (places === 0 && window.free > 0) this.queue.add(window);
    window.taken += places;
    this.inHand += places;
    return places;
  }

  /** Places of the window are free again; those under the cap stay taken until {@link release}. */
  answered(window: Window, places: number): void {
    window.taken -= places;
    this.forget(window);
  }

  /** Frees places under the cap. Answers with the window whose turn it is to take some, if one is waiting. */
  release(places: number): Window | undefined {
    this.inHand -= places;
    const [next] = this.queue;
    if (next) this.queue.delete(next);
    return next;
  }

  /** Lets go of a window that nothing is in flight in. Its endpoint may have another one by now, which stays. */
  forget(window: Window): void {
    if (!window.idle) return;
    this.queue.delete(window);
    if (this.find(window.endpointId) === window) this.windows.delete(window.endpointId);
  }
}
