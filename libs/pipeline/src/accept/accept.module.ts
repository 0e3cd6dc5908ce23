import { Module } from '@nestjs/common';
import { LaneRanges } from '../lane-ranges.js';
import { AcceptService } from './accept.service.js';
import { ContactNames } from './contact-names.js';
import { ContactResolver } from './contact-resolver.js';
import { ContactWriter } from './contact-writer.js';
import { ContactService } from './contact.service.js';
import { InboxService } from './inbox.service.js';

/** Validated input in, inbox rows out. */
@Module({
  providers: [
    AcceptService,
    ContactNames,
    ContactResolver,
    ContactService,
    ContactWriter,
    InboxService,
    LaneRanges,
  ],
  exports: [AcceptService, ContactResolver, ContactService, ContactWriter],
})
export class AcceptModule {}
