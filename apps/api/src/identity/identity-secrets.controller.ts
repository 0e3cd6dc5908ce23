import { Body, Controller, Delete, Get, HttpCode, Param, Post } from '@nestjs/common';
import { ApiOkResponse, ApiTags } from '@nestjs/swagger';
import {
  createdIdentitySecret,
  createIdentitySecret,
  type CreateIdentitySecretBody,
  deletedAnswer,
  type IdentitySecretAnswer,
  identitySecretList,
} from '#contracts';
import { type IdentitySecret, IdentitySecretRepository, type WorkspaceKey } from '#database';
import { CurrentWorkspace } from '../http/current-workspace.decorator.js';
import { found, IdPipe } from '../http/id.pipe.js';
import { secondsOf } from '../http/seconds.js';
import { BrowserWorkspaces } from './browser-workspaces.js';
import { IdentitySecrets } from './identity-secrets.js';

/** What the workspace's backend signs its users' names with. All of them count, so that one may follow another. */
@ApiTags('identity secrets')
@Controller('identity_secrets')
export class IdentitySecretsController {
  constructor(
    private readonly maker: IdentitySecrets,
    private readonly secrets: IdentitySecretRepository,
    private readonly browsers: BrowserWorkspaces,
  ) {}

  /** Answers with the secret, this once. */
  @Post()
  @HttpCode(200)
  @ApiOkResponse({ standardSchema: createdIdentitySecret })
  async create(
    @CurrentWorkspace() { workspaceId, appId }: WorkspaceKey,
    @Body({ schema: createIdentitySecret }) body: CreateIdentitySecretBody,
  ) {
    const { kept, secret } = await this.maker.create(workspaceId, body);
    this.browsers.forget(appId);
    return { ...identitySecretObject(kept), secret };
  }

  /** Newest first. */
  @Get()
  @ApiOkResponse({ standardSchema: identitySecretList })
  async list(@CurrentWorkspace() { workspaceId }: WorkspaceKey) {
    return { type: 'list', data: (await this.secrets.list(workspaceId)).map(identitySecretObject) };
  }

  /** What it signed is signed by nobody from then on. */
  @Delete(':id')
  @ApiOkResponse({ standardSchema: deletedAnswer })
  async remove(@CurrentWorkspace() { workspaceId, appId }: WorkspaceKey, @Param('id', IdPipe) id: string) {
    found((await this.secrets.remove(workspaceId, id)) || undefined, id);
    this.browsers.forget(appId);
    return { type: 'identity_secret', id, deleted: true };
  }
}

const identitySecretObject = ({ id, name, createdAt }: IdentitySecret): IdentitySecretAnswer => ({
  type: 'identity_secret',
  id,
  name,
  created_at: secondsOf(createdAt),
});
