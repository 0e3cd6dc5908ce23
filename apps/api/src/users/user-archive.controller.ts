import { Controller, Delete, Param, Query } from '@nestjs/common';
import { ApiOkResponse, ApiTags } from '@nestjs/swagger';
import { findUser, type FindUserQuery, referenceOf, userAnswer } from '#contracts';
import type { ContactReference } from '#domain';
import { StandingService, UserFinder } from '#pipeline';
import { type Caller, CurrentWorkspace } from '../http/current-workspace.decorator.js';
import { UserAnswers } from './user-answers.js';

/** To delete a user of version 1 is to archive it: `POST /user_delete_requests` erases. */
@ApiTags('users')
@ApiOkResponse({ standardSchema: userAnswer })
@Controller('users')
export class UserArchiveController {
  constructor(
    private readonly users: UserFinder,
    private readonly standing: StandingService,
    private readonly answers: UserAnswers,
  ) {}

  @Delete()
  archiveNamed(@CurrentWorkspace() caller: Caller, @Query({ schema: findUser }) query: FindUserQuery) {
    return this.archive(caller, referenceOf(query));
  }

  @Delete(':id')
  archiveOne(@CurrentWorkspace() caller: Caller, @Param('id') id: string) {
    return this.archive(caller, { id });
  }

  private async archive(caller: Caller, reference: ContactReference) {
    const { id } = await this.users.find(caller.workspaceId, reference);
    return this.answers.one(caller, await this.standing.archive(caller.workspaceId, id));
  }
}
