import { Controller, Get, Param, Query } from '@nestjs/common';
import { ApiOkResponse, ApiTags } from '@nestjs/swagger';
import { findUsers, type FindUsersQuery, referenceOf, userAnswer, userOrList } from '#contracts';
import { UserFinder } from '#pipeline';
import { BaseUrl } from '../http/base-url.decorator.js';
import { type Caller, CurrentWorkspace } from '../http/current-workspace.decorator.js';
import { UserAnswers } from './user-answers.js';
import { UserLists } from './user-lists.js';

/** Users are read, as in version 1 of Intercom's API. Archived ones are not there. */
@ApiTags('users')
@Controller('users')
export class UserReadsController {
  constructor(
    private readonly users: UserFinder,
    private readonly lists: UserLists,
    private readonly answers: UserAnswers,
  ) {}

  /** The user of this user_id or email; without either, a page of all. */
  @Get()
  @ApiOkResponse({ standardSchema: userOrList })
  async findOrList(
    @CurrentWorkspace() caller: Caller,
    @Query({ schema: findUsers }) query: FindUsersQuery,
    @BaseUrl() baseUrl: string,
  ) {
    if (query.user_id === undefined && query.email === undefined)
      return this.lists.page(caller, query, `${baseUrl}/users`);
    return this.answers.one(caller, await this.users.find(caller.workspaceId, referenceOf(query)));
  }

  @Get(':id')
  @ApiOkResponse({ standardSchema: userAnswer })
  async find(@CurrentWorkspace() caller: Caller, @Param('id') id: string) {
    return this.answers.one(caller, await this.users.find(caller.workspaceId, { id }));
  }
}
