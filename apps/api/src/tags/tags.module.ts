import { Module } from '@nestjs/common';
import { AcceptModule, TaggingModule } from '#pipeline';
import { ContactTagsController } from './contact-tags.controller.js';
import { TagWriter } from './tag-writer.js';
import { TagsController } from './tags.controller.js';

/** Tags, and who has them. */
@Module({
  imports: [AcceptModule, TaggingModule],
  controllers: [ContactTagsController, TagsController],
  providers: [TagWriter],
})
export class TagsModule {}
