import { Controller, Get, Header, Headers, Param, Res } from '@nestjs/common';
import { ApiExcludeController } from '@nestjs/swagger';
import type { FastifyReply } from 'fastify';
import { DomainError } from '#domain';
import { ForPages } from '../http/for-pages.decorator.js';
import { Produces } from '../http/produces.decorator.js';
import { Public } from '../http/public.decorator.js';
import { BrowserWorkspaces } from '../identity/browser-workspaces.js';
import { SnippetScript } from './snippet-script.js';

const FILE = /^(.+)\.js$/;

/** The script that pages load. It is the same for all: which app it speaks for, it reads out of its own address. */
@ApiExcludeController()
@Public()
@Controller('snippet')
export class SnippetController {
  constructor(
    private readonly workspaces: BrowserWorkspaces,
    private readonly script: SnippetScript,
  ) {}

  @Get(':file')
  @ForPages()
  @Produces('text/javascript')
  @Header('cache-control', 'public, max-age=3600')
  @Header('x-content-type-options', 'nosniff')
  async find(
    @Param('file') file: string,
    @Headers('if-none-match') known: string | undefined,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    const appId = FILE.exec(file)?.[1];
    if (!appId) throw new DomainError('not_found', 'The snippet is /snippet/{app_id}.js');
    await this.workspaces.find(appId);
    const { text, etag } = await this.script.get();
    reply.header('etag', etag);
    if (known === etag) await reply.code(304).send();
    else await reply.type('text/javascript; charset=utf-8').send(text);
  }
}
