import { Body, Controller, Delete, Get, HttpCode, Param, Post, Put, Query } from '@nestjs/common';
import { ApiOkResponse, ApiTags } from '@nestjs/swagger';
import {
  createSegment,
  type CreateSegmentBody,
  deletedAnswer,
  listSegments,
  type ListSegmentsQuery,
  type SegmentAnswer,
  segmentAnswer,
  segmentList,
  updateSegment,
  type UpdateSegmentBody,
} from '#contracts';
import { type Segment, SegmentRepository, type WorkspaceKey } from '#database';
import { given } from '#domain';
import { Clock, Ids } from '#platform';
import { JobProducer } from '#queue';
import { CurrentWorkspace } from '../http/current-workspace.decorator.js';
import { found, IdPipe } from '../http/id.pipe.js';
import { segmentObject } from './segment-object.js';

/** Segments. A new one, and a changed one, gets its members by a back-fill: `backfill` says how far that is. */
@ApiTags('segments')
@Controller('segments')
export class SegmentsController {
  constructor(
    private readonly segments: SegmentRepository,
    private readonly jobs: JobProducer,
    private readonly clock: Clock,
    private readonly ids: Ids,
  ) {}

  @Post()
  @HttpCode(200)
  @ApiOkResponse({ standardSchema: segmentAnswer })
  async create(
    @CurrentWorkspace() { workspaceId }: WorkspaceKey,
    @Body({ schema: createSegment }) { name, person_type: personType, filter }: CreateSegmentBody,
  ) {
    const key = { workspaceId, id: this.ids.next() };
    return this.changed(await this.segments.create(key, { name, personType, filter }, this.clock.now()));
  }

  @Get()
  @ApiOkResponse({ standardSchema: segmentList })
  async list(
    @CurrentWorkspace() { workspaceId }: WorkspaceKey,
    @Query({ schema: listSegments }) { include_count: counted }: ListSegmentsQuery,
  ) {
    const segments = await this.segments.listLive(workspaceId);
    const counts = counted ? await this.segments.counts(segments.map(({ id }) => id)) : undefined;
    return {
      type: 'segment.list',
      segments: segments.map((segment) => segmentObject(segment, counts && (counts.get(segment.id) ?? 0))),
      pages: {},
    };
  }

  @Get(':id')
  @ApiOkResponse({ standardSchema: segmentAnswer })
  async find(@CurrentWorkspace() { workspaceId }: WorkspaceKey, @Param('id', IdPipe) id: string) {
    return this.counted(found(await this.segments.find({ workspaceId, id }), id));
  }

  /** A new filter or person type starts the back-fill anew. */
  @Put(':id')
  @ApiOkResponse({ standardSchema: segmentAnswer })
  async update(
    @CurrentWorkspace() { workspaceId }: WorkspaceKey,
    @Param('id', IdPipe) id: string,
    @Body({ schema: updateSegment }) { name, person_type: personType, filter }: UpdateSegmentBody,
  ) {
    const change = given({ name, personType, filter });
    const segment = await this.segments.update({ workspaceId, id }, change, this.clock.now());
    return this.changed(found(segment, id));
  }

  @Delete(':id')
  @ApiOkResponse({ standardSchema: deletedAnswer })
  async remove(@CurrentWorkspace() { workspaceId }: WorkspaceKey, @Param('id', IdPipe) id: string) {
    found(await this.segments.remove({ workspaceId, id }, this.clock.now()), id);
    return { type: 'segment', id, deleted: true };
  }

  private changed(segment: Segment): Promise<SegmentAnswer> {
    this.jobs.hint('backfill.segment', { segmentId: segment.id });
    return this.counted(segment);
  }

  private async counted(segment: Segment): Promise<SegmentAnswer> {
    const counts = await this.segments.counts([segment.id]);
    return segmentObject(segment, counts.get(segment.id) ?? 0);
  }
}
