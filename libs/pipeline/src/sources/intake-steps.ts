import { Injectable } from '@nestjs/common';
import { KnownPeople } from './known-people.js';
import { People } from './people.js';
import { SignalRows } from './signal-rows.js';
import { SignalTraits } from './signal-traits.js';

/** What is done for the signals of one call, in this order. */
@Injectable()
export class IntakeSteps {
  constructor(
    readonly people: People,
    readonly traits: SignalTraits,
    readonly known: KnownPeople,
    readonly rows: SignalRows,
  ) {}
}
