import { Module } from '@nestjs/common';
import { BrowserWorkspaces } from './browser-workspaces.js';
import { IdentityCheck } from './identity-check.js';
import { IdentitySecretsController } from './identity-secrets.controller.js';
import { IdentitySecrets } from './identity-secrets.js';
import { UnsignedLog } from './unsigned-log.js';

/** Who vouches for the users that browsers name. */
@Module({
  controllers: [IdentitySecretsController],
  providers: [BrowserWorkspaces, IdentityCheck, IdentitySecrets, UnsignedLog],
  exports: [BrowserWorkspaces, IdentityCheck],
})
export class IdentityModule {}
