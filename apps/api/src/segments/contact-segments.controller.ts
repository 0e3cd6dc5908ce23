import { Controller, Get, Param } from '@nestjs/common';
import { ApiOkResponse, ApiTags } from '@nestjs/swagger';
import { contactSegments } from '#contracts';
import { SegmentRepository, type WorkspaceKey } from '#database';
import { ContactFinder } from '#pipeline';
import { CurrentWorkspace } from '../http/current-workspace.decorator.js';
import { segmentObject } from './segment-object.js';

/** The segments that one contact is in. */
@ApiTags('segments')
@Controller('contacts/:contact_id/segments')
export class ContactSegmentsController {
  constructor(
    private readonly contacts: ContactFinder,
    private readonly segments: SegmentRepository,
  ) {}

  /** By name. */
  @Get()
  @ApiOkResponse({ standardSchema: contactSegments })
  async list(@CurrentWorkspace() { workspaceId }: WorkspaceKey, @Param('contact_id') contactId: string) {
    const { id } = await this.contacts.find(workspaceId, contactId);
    const segments = await this.segments.ofContact(workspaceId, id);
    return { type: 'list', data: segments.map((segment) => segmentObject(segment)) };
  }
}
