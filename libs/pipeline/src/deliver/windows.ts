import { Injectable } from '@nestjs/common';
import type { Id } from '#domain';
import { Window } from './window.js';

/** How many requests one process has in flight, to all endpoints together. */
export const CAP = 256;

/** The windows of the endpoints that something is in flight to, and what they may have together. */
@Injectable()
export class Windows {
  private readonly windows = new Map<Id, Window>();
  /** Windows that found no place under the cap, in the order they asked. */
  private readonly queue = new Set<Window>();
  private taken = 0;

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
    const places = Math.min(window.free, CAP - this.taken);
    if (places === 0 && window.free > 0) this.queue.add(window);
    window.taken += places;
    this.taken += places;
    return places;
  }

  /** Gives places back. Answers with the window whose turn it is to take some, if one is waiting. */
  give(window: Window, places: number): Window | undefined {
    window.taken -= places;
    this.taken -= places;
    const [next] = this.queue;
    if (next) this.queue.delete(next);
    this.forget(window);
    return next;
  }

  /** Lets go of a window that nothing is in flight in. */
  forget(window: Window): void {
    if (window.idle) this.windows.delete(window.endpointId);
  }
}
