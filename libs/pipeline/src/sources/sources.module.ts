import { Module } from '@nestjs/common';
import { AcceptModule } from '../accept/accept.module.js';
import { ContactLifeModule } from '../contacts/contact-life.module.js';
import { Activities } from './activities.js';
import { DeviceAndPlace } from './device-and-place.js';
import { Intake } from './intake.js';
import { KnownPeople } from './known-people.js';
import { People } from './people.js';
import { SignalRows } from './signal-rows.js';

/** Signals of every source in, inbox rows out. */
@Module({
  imports: [AcceptModule, ContactLifeModule],
  providers: [Activities, DeviceAndPlace, Intake, KnownPeople, People, SignalRows],
  exports: [Activities, Intake],
})
export class SourcesModule {}
