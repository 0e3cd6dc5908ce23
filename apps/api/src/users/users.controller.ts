import { Body, Controller, HttpCode, Post, Query } from '@nestjs/common';
import { ApiOkResponse, ApiTags } from '@nestjs/swagger';
import { partialQuery, type PartialQuery, upsertUser, type UpsertUserBody, userAnswer } from '#contracts';
import { UserService } from '#pipeline';
import { Clock } from '#platform';
import { type Caller, CurrentWorkspace } from '../http/current-workspace.decorator.js';
import { UserAnswers } from './user-answers.js';
import { writtenBy } from '../contacts/written-by.js';
import { writtenUser } from './written-user.js';

/** Users are written, as in version 1 of Intercom's API. */
@ApiTags('users')
@Controller('users')
export class UsersController {
  constructor(
    private readonly users: UserService,
    private readonly answers: UserAnswers,
    private readonly clock: Clock,
  ) {}

  /** Writes the user of this id, else of this user_id or email, or creates it; with companies and when it was seen. */
  @Post()
  @HttpCode(200)
  @ApiOkResponse({ standardSchema: userAnswer })
  async upsert(
    @CurrentWorkspace() caller: Caller,
    @Body({ schema: upsertUser }) body: UpsertUserBody,
    @Query({ schema: partialQuery }) query: PartialQuery,
  ) {
    const asked = writtenUser(body, this.clock.now());
    const user = await this.users.upsert(caller.workspaceId, asked, writtenBy(caller, query));
    return this.answers.written(caller, user);
  }
}
