import { Controller, Get, Param, Query } from '@nestjs/common';
import { ApiOkResponse, ApiTags } from '@nestjs/swagger';
import { contactList, listMembers, type PageQuery } from '#contracts';
import { SegmentRepository } from '#database';
import { ContactAnswers } from '../contacts/contact-answers.js';
import { type Caller, CurrentWorkspace } from '../http/current-workspace.decorator.js';
import { found, IdPipe } from '../http/id.pipe.js';
import { pageOf } from '../http/page.js';

/** Who is in a segment, oldest contact first. */
@ApiTags('segments')
@Controller('segments/:id/contacts')
export class SegmentMembersController {
  constructor(
    private readonly segments: SegmentRepository,
    private readonly answers: ContactAnswers,
  ) {}

  @Get()
  @ApiOkResponse({ standardSchema: contactList })
  async list(
    @CurrentWorkspace() caller: Caller,
    @Param('id', IdPipe) id: string,
    @Query({ schema: listMembers }) query: PageQuery,
  ) {
    found(await this.segments.find({ workspaceId: caller.workspaceId, id }), id);
    const rows = await this.segments.members(id, query.starting_after, query.per_page + 1);
    const counts = await this.segments.counts([id]);
    const { data, pages } = pageOf(rows, query.per_page);
    return {
      type: 'list',
      data: await this.answers.many(caller, data),
      total_count: counts.get(id) ?? 0,
      pages,
    };
  }
}
