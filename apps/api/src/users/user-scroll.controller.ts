import { Controller, Get, Query } from '@nestjs/common';
import { ApiOkResponse, ApiTags } from '@nestjs/swagger';
import { scrollQuery, type ScrollQuery, userScroll } from '#contracts';
import { SCROLL_STEP, UserRepository } from '#database';
import { type Caller, CurrentWorkspace } from '../http/current-workspace.decorator.js';
import { Scrolls } from '../scroll/scrolls.js';
import { UserAnswers } from './user-answers.js';

/** All users, a step at a time. */
@ApiTags('users')
@Controller('users/scroll')
export class UserScrollController {
  constructor(
    private readonly scrolls: Scrolls,
    private readonly users: UserRepository,
    private readonly answers: UserAnswers,
  ) {}

  @Get()
  @ApiOkResponse({ standardSchema: userScroll })
  async next(
    @CurrentWorkspace() caller: Caller,
    @Query({ schema: scrollQuery }) { scroll_param: param }: ScrollQuery,
  ) {
    const { workspaceId } = caller;
    const { things, scroll_param } = await this.scrolls.next(
      { workspaceId, list: 'users', param },
      (after, tx) => this.users.after({ workspaceId, after, limit: SCROLL_STEP }, tx),
    );
    return { type: 'user.list', users: await this.answers.many(caller, things), scroll_param };
  }
}
