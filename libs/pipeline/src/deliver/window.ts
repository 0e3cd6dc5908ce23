import type { Id } from '#domain';

/** How many requests to one endpoint may be in flight from one process: at 10 ms each, 1,600 a second. */
export const WINDOW = 16;

/** What one process has in flight to one endpoint. */
export class Window {
  /** Requests that are not answered yet, and places kept for a claim that is being made. */
  taken = 0;
  /** A claim is being made: whoever wants another one asks for `more`. */
  claiming = false;
  /** There may be more due than has been claimed. */
  more = false;
  /** It is about to be filled again. */
  refilling = false;
  /** When others have their turn, in milliseconds of the process. */
  turnEndsAt = 0;

  constructor(readonly endpointId: Id) {}

  get free(): number {
    return WINDOW - this.taken;
  }

  get idle(): boolean {
    return this.taken === 0 && !this.claiming && !this.more && !this.refilling;
  }
}
