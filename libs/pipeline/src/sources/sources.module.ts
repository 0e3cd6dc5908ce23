import { Module } from '@nestjs/common';
import { AcceptModule } from '../accept/accept.module.js';
import { ContactLifeModule } from '../contacts/contact-life.module.js';
import { Activities } from './activities.js';
import { CurrentContacts } from './current-contacts.js';
import { Intake } from './intake.js';
import { IntakeSteps } from './intake-steps.js';
import { Introductions } from './introductions.js';
import { KnownPeople } from './known-people.js';
import { Newcomers } from './newcomers.js';
import { People } from './people.js';
import { SignalRows } from './signal-rows.js';
import { SignalTraits } from './signal-traits.js';
import { Standings } from './standing.js';
import { SurroundingsModule } from './surroundings.module.js';

/** Signals of every source in, inbox rows out. */
@Module({
  imports: [AcceptModule, ContactLifeModule, SurroundingsModule],
  providers: [
    Activities,
    CurrentContacts,
    Intake,
    IntakeSteps,
    Introductions,
    KnownPeople,
    Newcomers,
    People,
    SignalRows,
    SignalTraits,
    Standings,
  ],
  exports: [Activities, Intake],
})
export class SourcesModule {}
