import { Body, Controller, Get, Put } from '@nestjs/common';
import { ApiOkResponse, ApiTags } from '@nestjs/swagger';
import { updateWorkspace, type UpdateWorkspaceBody, type WorkspaceAnswer, workspaceAnswer } from '#contracts';
import { given } from '#domain';
import { JobProducer } from '#queue';
import { type Caller, CurrentWorkspace } from '../http/current-workspace.decorator.js';
import { WorkspaceSettings } from './workspace-settings.js';

/** What the workspace of the token decides for itself. */
@ApiTags('workspace')
@ApiOkResponse({ standardSchema: workspaceAnswer })
@Controller('workspace')
export class WorkspaceController {
  constructor(
    private readonly settings: WorkspaceSettings,
    private readonly jobs: JobProducer,
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
      ip_addresses: settings.ipAddresses,
    };
  }

  /** Another time zone moves the days of every filter: all segments are back-filled anew. */
  @Put()
  async update(
    @CurrentWorkspace() caller: Caller,
    @Body({ schema: updateWorkspace }) body: UpdateWorkspaceBody,
  ) {
    const refilled = await this.settings.update(
      caller,
      given({
        unknownAttributes: body.unknown_attributes,
        timeZone: body.time_zone,
        identityVerification: body.identity_verification,
        ipAddresses: body.ip_addresses,
      }),
    );
    for (const segmentId of refilled) this.jobs.hint('backfill.segment', { segmentId });
    return this.find(caller);
  }
}
