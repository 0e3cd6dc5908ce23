import { Module } from '@nestjs/common';
import { AcceptModule } from '#pipeline';
import { IdentityModule } from '../identity/identity.module.js';
import { WorkspaceController } from './workspace.controller.js';

@Module({ imports: [AcceptModule, IdentityModule], controllers: [WorkspaceController] })
export class WorkspaceModule {}
