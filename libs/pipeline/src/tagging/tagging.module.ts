import { Module } from '@nestjs/common';
import { AcceptModule } from '../accept/accept.module.js';
import { CompanyTagger } from './company-tagger.js';
import { ContactTagger } from './contact-tagger.js';

/** Tags by name, on many things at once. */
@Module({
  imports: [AcceptModule],
  providers: [CompanyTagger, ContactTagger],
  exports: [CompanyTagger, ContactTagger],
})
export class TaggingModule {}
