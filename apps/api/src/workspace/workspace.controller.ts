import { Body, Controller, Get, Put } from '@nestjs/common';
import { ApiOkResponse, ApiTags } from '@nestjs/swagger';
import { updateWorkspace, type UpdateWorkspaceBody, type WorkspaceAnswer, workspaceAnswer } from '#contracts';
import { WorkspaceSettingsRepository } from '#database';
import { given } from '#domain';
import { AttributeRegistries } from '#pipeline';
import { JobProducer } from '#queue';
import { type Caller, CurrentWorkspace } from '../http/current-workspace.decorator.js';
import { BrowserWorkspaces } from '../identity/browser-workspaces.js';

/** What the workspace of the token decides for itself. */
@ApiTags('workspace')
@ApiOkResponse({ standardSchema: workspaceAnswer })
@Controller('workspace')
export class WorkspaceController {
  constructor(
    private readonly settings: WorkspaceSettingsRepository,
    private readonly registries: AttributeRegistries,
    private readonly jobs: JobProducer,
    private readonly browsers: BrowserWorkspaces,
  ) {}

  @Get()
  async find(@CurrentWorkspace() { workspaceId, appId }: Caller): Promise<WorkspaceAnswer> {
    const settings = await this.settings.find(workspaceId);
    return {
      type: 'workspace',
      id: appId,
      unknown_attributes: settings.unknownAttributes,
      time_zone: settings.timeZone,
      identity_verification: settings.identityVerification,
    };
  }

  /** Another time zone moves the days of every filter: all segments are back-filled anew. */
  @Put()
  async update(
    @CurrentWorkspace() caller: Caller,
    @Body({ schema: updateWorkspace }) body: UpdateWorkspaceBody,
  ) {
    const refilled = await this.settings.update(
      caller.workspaceId,
      given({
        unknownAttributes: body.unknown_attributes,
        timeZone: body.time_zone,
        identityVerification: body.identity_verification,
      }),
    );
    this.registries.forget(caller.workspaceId);
    this.browsers.forget(caller.appId);
    for (const segmentId of refilled) this.jobs.hint('backfill.segment', { segmentId });
    return this.find(caller);
  }
}
