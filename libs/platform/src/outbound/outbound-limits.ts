import { Injectable } from '@nestjs/common';

/** What a request to somebody else's server may take. */
@Injectable()
export class OutboundLimits {
  /** Look-up, connection and TLS together, in milliseconds. */
  readonly connectMs: number = 3_000;
  /** The whole exchange, from the look-up to the last byte of the answer, in milliseconds. */
  readonly deadlineMs: number = 15_000;
  /** An answer that is longer is cut off. */
  readonly responseBytes: number = 16 * 1024;
}
