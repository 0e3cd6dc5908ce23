import { Module } from '@nestjs/common';
import { CompanyAttacher } from '../companies/company-attacher.js';
import { CompanyService } from '../companies/company.service.js';
import { CompanyWriter } from '../companies/company-writer.js';
import { ContactCompanies } from '../companies/contact-companies.js';
import { LaneRangesModule } from '../lane-ranges.module.js';
import { AcceptService } from './accept.service.js';
import { ContactChecks } from './contact-checks.js';
import { AttributeRegistries } from './attribute-registries.js';
import { ContactFinder } from './contact-finder.js';
import { ContactNames } from './contact-names.js';
import { ContactResolver } from './contact-resolver.js';
import { ContactWriter } from './contact-writer.js';
import { ContactService } from './contact.service.js';
import { CustomAttributes } from './custom-attributes.js';
import { DataAttributeService } from './data-attribute.service.js';
import { EventNames } from './event-names.js';
import { EventRows } from './event-rows.js';
import { InboxService } from './inbox.service.js';
import { TimedAttributesService } from './timed-attributes.service.js';

/** Validated input in, inbox rows out. */
@Module({
  imports: [LaneRangesModule],
  providers: [
    AcceptService,
    ContactChecks,
    AttributeRegistries,
    ContactFinder,
    CompanyAttacher,
    CompanyService,
    CompanyWriter,
    ContactCompanies,
    ContactNames,
    ContactResolver,
    ContactService,
    ContactWriter,
    CustomAttributes,
    DataAttributeService,
    EventNames,
    EventRows,
    InboxService,
    TimedAttributesService,
  ],
  exports: [
    AcceptService,
    AttributeRegistries,
    CompanyAttacher,
    CompanyService,
    ContactCompanies,
    ContactFinder,
    ContactResolver,
    ContactService,
    ContactWriter,
    CustomAttributes,
    DataAttributeService,
    EventRows,
    InboxService,
    TimedAttributesService,
  ],
})
export class AcceptModule {}
