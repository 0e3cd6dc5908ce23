import { Injectable } from '@nestjs/common';
import { parse, refuseUnstorableText, specCall } from '#contracts';
import { Intake, type Taken } from '#pipeline';
import { Clock, Ids } from '#platform';
import { skewOf } from './call-time.js';
import { type ReadCall, type Received, signalOf } from './signal-of.js';
import { type Outcome, outcomeOf, refusalsIn } from './spec-report.js';
import type { Sender } from './surroundings-of.js';

/** How calls were sent. */
export interface Sent {
  readonly sender: Sender;
  /** When, as their batch says. */
  readonly sentAt?: unknown;
  /** Whether text in them has to be looked at: hardly ever. */
  readonly mayBeUnstorable: boolean;
}

/** Reads calls of Segment's spec, and takes them in. */
@Injectable()
export class SpecIntake {
  constructor(
    private readonly intake: Intake,
    private readonly clock: Clock,
    private readonly ids: Ids,
  ) {}

  /** What became of each call. Resolves when what is accepted is committed. */
  async take(workspaceId: number, calls: readonly unknown[], sent: Sent): Promise<Outcome[]> {
    const at = this.clock.now();
    const skew = skewOf(sent.sentAt, at);
    const received = { ...sent, at, skew, makeKey: () => this.ids.next() };
    const read = calls.map((call, index) => readOne(call, received, index));
    const signals = read.flatMap((one) => ('signal' in one ? [one.signal] : []));
    const taken = (await this.intake.receive(workspaceId, signals)).values();
    return read.map((one) => ('signal' in one ? outcomeOf(one, taken.next().value as Taken) : one));
  }
}

function readOne(call: unknown, received: Received & Sent, index: number): ReadCall | Outcome {
  try {
    if (received.mayBeUnstorable) refuseUnstorableText(call);
    return signalOf(parse(specCall, call), received, index);
  } catch (error) {
    return { errors: refusalsIn(error), warnings: [] };
  }
}
