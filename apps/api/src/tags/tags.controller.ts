import { Body, Controller, Delete, Get, HttpCode, Param, Post } from '@nestjs/common';
import { ApiOkResponse, ApiTags } from '@nestjs/swagger';
import { tagAnswer, tagList, writeTag, type WriteTagBody } from '#contracts';
import { TagRepository, type WorkspaceKey } from '#database';
import { DomainError } from '#domain';
import { CurrentWorkspace } from '../http/current-workspace.decorator.js';
import { foundResource, numberId } from '../http/number-id.js';
import { tagObject } from './tag-object.js';
import { TagWriter } from './tag-writer.js';

/** Tags: labels for contacts and companies. */
@ApiTags('tags')
@Controller('tags')
export class TagsController {
  constructor(
    private readonly tags: TagRepository,
    private readonly writer: TagWriter,
  ) {}

  /** By name. */
  @Get()
  @ApiOkResponse({ standardSchema: tagList })
  async list(@CurrentWorkspace() { workspaceId }: WorkspaceKey) {
    const tags = await this.tags.list(workspaceId);
    return { type: 'list', data: tags.map(tagObject) };
  }

  /** Makes or renames a tag, or puts it on contacts or companies, or takes it off them: all of them, or none. */
  @Post()
  @HttpCode(200)
  @ApiOkResponse({ standardSchema: tagAnswer })
  async write(@CurrentWorkspace() caller: WorkspaceKey, @Body({ schema: writeTag }) body: WriteTagBody) {
    return tagObject(await this.writer.write(caller, body));
  }

  @Get(':id')
  @ApiOkResponse({ standardSchema: tagAnswer })
  async find(@CurrentWorkspace() { workspaceId }: WorkspaceKey, @Param('id') id: string) {
    return tagObject(foundResource(await this.tags.find({ workspaceId, id: numberId(id) }), 'tag', id));
  }

  /** Takes the tag off everything as well. Refused while a segment's filter asks for it. */
  @Delete(':id')
  @ApiOkResponse({ description: 'The tag is gone; nothing is answered' })
  async remove(@CurrentWorkspace() { workspaceId }: WorkspaceKey, @Param('id') id: string): Promise<void> {
    const dependent = await this.tags.remove({ workspaceId, id: numberId(id) });
    const segments = foundResource(dependent, 'tag', id);
    if (segments.length === 0) return;
    const message = `Unable to delete tag with dependent objects. Segments: ${segments.join(', ')}`;
    throw new DomainError('tag_has_dependent_objects', message);
  }
}
