import { Module } from '@nestjs/common';
import { AcceptModule } from '../accept/accept.module.js';
import { SurroundingsModule } from '../sources/surroundings.module.js';
import { ErasureService } from './erasure.service.js';
import { MergeService } from './merge.service.js';
import { Merger } from './merger.js';
import { SessionMerger } from './session-merger.js';
import { StandingService } from './standing.service.js';
import { UserFinder } from './user-finder.js';
import { UserParts } from './user-parts.js';
import { UserService } from './user.service.js';
import { UpsertService } from './upsert.service.js';
import { VisitorConversion } from './visitor-conversion.js';
import { VisitorService } from './visitor.service.js';

const services = [
  ErasureService,
  MergeService,
  StandingService,
  UpsertService,
  UserFinder,
  UserParts,
  UserService,
  VisitorConversion,
  VisitorService,
];

/** What happens to a contact as a whole. */
@Module({
  imports: [AcceptModule, SurroundingsModule],
  providers: [Merger, SessionMerger, ...services],
  exports: services,
})
export class ContactLifeModule {}
