import { Module } from '@nestjs/common';
import { CompanyAttacher } from '../companies/company-attacher.js';
import { CompanyService } from '../companies/company.service.js';
import { CompanyWriter } from '../companies/company-writer.js';
import { ContactCompanies } from '../companies/contact-companies.js';
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
    CompanyAttacher,
    CompanyService,
    CompanyWriter,
    ContactCompanies,
    ContactNames,
    ContactResolver,
    ContactService,
    ContactWriter,
    InboxService,
    LaneRanges,
  ],
  exports: [AcceptService, CompanyService, ContactCompanies, ContactService],
})
export class AcceptModule {}
