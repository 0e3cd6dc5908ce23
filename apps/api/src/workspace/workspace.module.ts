import { Module } from '@nestjs/common';
import { AcceptModule, SurroundingsModule } from '#pipeline';
import { IdentityModule } from '../identity/identity.module.js';
import { WorkspaceController } from './workspace.controller.js';
import { WorkspaceSettings } from './workspace-settings.js';

@Module({
  imports: [AcceptModule, IdentityModule, SurroundingsModule],
  controllers: [WorkspaceController],
  providers: [WorkspaceSettings],
})
export class WorkspaceModule {}
