import { Controller, Get, Param } from '@nestjs/common';
import { ApiOkResponse, ApiTags } from '@nestjs/swagger';
import { noteAnswer } from '#contracts';
import { NoteRepository, type WorkspaceKey } from '#database';
import { CurrentWorkspace } from '../http/current-workspace.decorator.js';
import { foundResource, MAX_BIGINT, numberId } from '../http/number-id.js';
import { noteObject } from './note-object.js';

/** Notes, by their own ids. */
@ApiTags('notes')
@Controller('notes')
export class NotesController {
  constructor(private readonly notes: NoteRepository) {}

  @Get(':id')
  @ApiOkResponse({ standardSchema: noteAnswer })
  async find(@CurrentWorkspace() { workspaceId }: WorkspaceKey, @Param('id') id: string) {
    return noteObject(
      foundResource(await this.notes.find(workspaceId, numberId(id, MAX_BIGINT)), 'note', id),
    );
  }
}
