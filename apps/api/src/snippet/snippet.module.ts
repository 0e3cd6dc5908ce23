import { Module } from '@nestjs/common';
import { IdentityModule } from '../identity/identity.module.js';
import { SnippetScript } from './snippet-script.js';
import { SnippetController } from './snippet.controller.js';

/** The script that pages load. */
@Module({ imports: [IdentityModule], controllers: [SnippetController], providers: [SnippetScript] })
export class SnippetModule {}
