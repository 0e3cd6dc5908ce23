import { Body, Controller, Get, Put } from '@nestjs/common';
import { ApiOkResponse, ApiTags } from '@nestjs/swagger';
import { updateWorkspace, type UpdateWorkspaceBody, type WorkspaceAnswer, workspaceAnswer } from '#contracts';
import { WorkspaceSettingsRepository } from '#database';
import { given } from '#domain';
import { AttributeRegistries } from '#pipeline';
import { JobProducer } from '#queue';
import { type Caller, CurrentWorkspace } from '../http/current-workspace.decorator.js';

/** What the workspace of the token decides for itself. */
@ApiTags('workspace')
@ApiOkResponse({ standardSchema: workspaceAnswer })
@Controller('workspace')
export class WorkspaceController {
  constructor(
    private readonly settings: WorkspaceSettingsRepository,
    private readonly registries: AttributeRegistries,
    private readonly jobs: JobProducer,
  ) {}

  @Get()
  async find(@CurrentWorkspace() { workspaceId, appId }: Caller): Promise<WorkspaceAnswer> {
    const { unknownAttributes, timeZone } = await this.settings.find(workspaceId);
    return { type: 'workspace', id: appId, unknown_attributes: unknownAttributes, time_zone: timeZone };
  }

  /** Another time zone moves the days of every filter: all segments are back-filled anew. */
  @Put()
  async update(
    @CurrentWorkspace() caller: Caller,
    @Body({ schema: updateWorkspace }) body: UpdateWorkspaceBody,
  ) {
    const { unknown_attributes: unknownAttributes, time_zone: timeZone } = body;
    const refilled = await this.settings.update(caller.workspaceId, given({ unknownAttributes, timeZone }));
    this.registries.forget(caller.workspaceId);
    for (const segmentId of refilled) this.jobs.hint('backfill.segment', { segmentId });
    return this.find(caller);
  }
}
