import { Controller, Get, Param, Query } from '@nestjs/common';
import { ApiOkResponse, ApiTags } from '@nestjs/swagger';
import { contactList, listMembers, type PageQuery } from '#contracts';
import { SegmentRepository, type WorkspaceKey } from '#database';
import { contactObject } from '#domain';
import { CurrentWorkspace } from '../http/current-workspace.decorator.js';
import { found, IdPipe } from '../http/id.pipe.js';
import { pageOf } from '../http/page.js';

/** Who is in a segment, oldest contact first. */
@ApiTags('segments')
@Controller('segments/:id/contacts')
export class SegmentMembersController {
  constructor(private readonly segments: SegmentRepository) {}

  @Get()
  @ApiOkResponse({ standardSchema: contactList })
  async list(
    @CurrentWorkspace() { workspaceId, appId }: WorkspaceKey,
    @Param('id', IdPipe) id: string,
    @Query({ schema: listMembers }) query: PageQuery,
  ) {
    found(await this.segments.find({ workspaceId, id }), id);
    const rows = await this.segments.members(id, query.starting_after, query.per_page + 1);
    const counts = await this.segments.counts([id]);
    const { data, pages } = pageOf(rows, query.per_page);
    return {
      type: 'list',
      data: data.map((contact) => contactObject(contact, appId)),
      total_count: counts.get(id) ?? 0,
      pages,
    };
  }
}
