import { Injectable } from '@nestjs/common';
import { parse, specCall } from '#contracts';
import { Clock, Ids } from '#platform';
import { Intake } from '#pipeline';
import { outcomeOf, type Outcome, refusalsIn } from './spec-report.js';
import { type ReadCall, type Received, signalOf } from './signal-of.js';

type Read = ReadCall | Outcome;

/** Reads calls of Segment's spec, and takes them in. */
@Injectable()
export class SpecIntake {
  constructor(
    private readonly intake: Intake,
    private readonly clock: Clock,
    private readonly ids: Ids,
  ) {}

  /** What became of each call. Resolves when what is accepted is committed. */
  async take(
    workspaceId: number,
    calls: readonly unknown[],
    how: Pick<Received, 'sender' | 'sentAt'>,
  ): Promise<Outcome[]> {
    const received = { ...how, at: this.clock.now(), makeKey: () => this.ids.next() };
    const read = calls.map((call, index) => readOne(call, received, index));
    const signals = read.flatMap((one) => ('signal' in one ? [one.signal] : []));
    const taken = (await this.intake.receive(workspaceId, signals)).values();
    return read.map((one) => {
      const next = 'signal' in one ? taken.next().value : undefined;
      return 'signal' in one && next ? outcomeOf(one, next) : (one as Outcome);
    });
  }
}

function readOne(call: unknown, received: Received, index: number): Read {
  try {
    return signalOf(parse(specCall, call), received, index);
  } catch (error) {
    return { errors: refusalsIn(error), warnings: [] };
  }
}
