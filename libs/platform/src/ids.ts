import { randomFillSync } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import { type Id, makeId } from '#domain';
import { Clock } from './clock.js';

/** Enough randomness for a thousand ids: one call to the system for all of them. */
const POOL_BYTES = 6 * 1024;

/** New ids, ordered by the time they are made. */
@Injectable()
export class Ids {
  private readonly pool = new Uint8Array(POOL_BYTES);
  private used = POOL_BYTES;

  constructor(private readonly clock: Clock) {}

  next(): Id {
    if (this.used + 6 > POOL_BYTES) {
      randomFillSync(this.pool);
      this.used = 0;
    }
    this.used += 6;
    return makeId(this.clock.now(), this.pool.subarray(this.used - 6, this.used));
  }
}
