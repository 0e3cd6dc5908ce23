import { Module } from '@nestjs/common';
import { ContactLifeModule } from '#pipeline';
import { Scrolls } from '../scroll/scrolls.js';
import { UserAnswers } from './user-answers.js';
import { UserArchiveController } from './user-archive.controller.js';
import { UserLists } from './user-lists.js';
import { UserReadsController } from './user-reads.controller.js';
import { UserScrollController } from './user-scroll.controller.js';
import { UsersController } from './users.controller.js';

/** Users by the names of version 1, which older integrations still call. */
@Module({
  imports: [ContactLifeModule],
  controllers: [UserScrollController, UserReadsController, UserArchiveController, UsersController],
  providers: [Scrolls, UserAnswers, UserLists],
})
export class UsersModule {}
