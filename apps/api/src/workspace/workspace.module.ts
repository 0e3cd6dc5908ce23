import { Module } from '@nestjs/common';
import { AcceptModule } from '#pipeline';
import { WorkspaceController } from './workspace.controller.js';

@Module({ imports: [AcceptModule], controllers: [WorkspaceController] })
export class WorkspaceModule {}
