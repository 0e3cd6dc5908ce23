import { Controller, Get, Param } from '@nestjs/common';
import { ApiOkResponse, ApiTags } from '@nestjs/swagger';
import { adminAnswer, adminList, adminWithApp } from '#contracts';
import { AdminRepository, type WorkspaceKey, WorkspaceRepository } from '#database';
import { CurrentWorkspace } from '../http/current-workspace.decorator.js';
import { numberId } from '../http/number-id.js';
import { adminObject, adminWithAppObject } from './admin-object.js';
import { foundAdmin } from './found-admin.js';

/** Admins: who may own contacts and write notes. */
@ApiTags('admins')
@Controller()
export class AdminsController {
  constructor(
    private readonly admins: AdminRepository,
    private readonly workspaces: WorkspaceRepository,
  ) {}

  /** The admin whose access token this is. */
  @Get('me')
  @ApiOkResponse({ standardSchema: adminWithApp })
  async identify(@CurrentWorkspace() { workspaceId, adminId }: WorkspaceKey) {
    const workspace = await this.workspaces.find(workspaceId);
    return adminWithAppObject(await this.found(workspaceId, `${adminId}`), workspace);
  }

  @Get('admins')
  @ApiOkResponse({ standardSchema: adminList })
  async list(@CurrentWorkspace() { workspaceId }: WorkspaceKey) {
    const admins = await this.admins.list(workspaceId);
    return { type: 'admin.list', admins: admins.map(adminObject) };
  }

  @Get('admins/:id')
  @ApiOkResponse({ standardSchema: adminAnswer })
  async find(@CurrentWorkspace() { workspaceId }: WorkspaceKey, @Param('id') id: string) {
    return adminObject(await this.found(workspaceId, id));
  }

  private async found(workspaceId: number, id: string) {
    return foundAdmin(await this.admins.find(workspaceId, numberId(id)), id);
  }
}
