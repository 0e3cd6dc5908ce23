import { hash, randomBytes } from 'node:crypto';
import { Body, Controller, Delete, Get, HttpCode, Param, Post } from '@nestjs/common';
import { ApiOkResponse, ApiTags } from '@nestjs/swagger';
import {
  createdWriteKey,
  createWriteKey,
  type CreateWriteKeyBody,
  deletedAnswer,
  type WriteKeyAnswer,
  writeKeyList,
} from '#contracts';
import { type WorkspaceKey, type WriteKey, WriteKeyRepository } from '#database';
import { Clock, Ids } from '#platform';
import { CurrentWorkspace } from '../http/current-workspace.decorator.js';
import { found, IdPipe } from '../http/id.pipe.js';

const KEY_BYTES = 24;

/** How much of a key is kept, so that its owner recognises it. */
const PREFIX_LENGTH = 8;

/** Write keys: they open what takes the calls of Segment's spec, and nothing else. */
@ApiTags('write keys')
@Controller('write_keys')
export class WriteKeysController {
  constructor(
    private readonly keys: WriteKeyRepository,
    private readonly clock: Clock,
    private readonly ids: Ids,
  ) {}

  /** Answers with the key, this once. */
  @Post()
  @HttpCode(200)
  @ApiOkResponse({ standardSchema: createdWriteKey })
  async create(
    @CurrentWorkspace() { workspaceId }: WorkspaceKey,
    @Body({ schema: createWriteKey }) { name }: CreateWriteKeyBody,
  ) {
    const key = `wk_${randomBytes(KEY_BYTES).toString('base64url')}`;
    const prefix = key.slice(0, PREFIX_LENGTH);
    const made = { id: this.ids.next(), name, prefix, createdAt: this.clock.now() };
    await this.keys.create({ ...made, workspaceId, sha256: hash('sha256', key, 'hex') });
    return { ...writeKeyObject(made), key };
  }

  @Get()
  @ApiOkResponse({ standardSchema: writeKeyList })
  async list(@CurrentWorkspace() { workspaceId }: WorkspaceKey) {
    return { type: 'list', data: (await this.keys.list(workspaceId)).map(writeKeyObject) };
  }

  /** What has the key may still send for 10 seconds. */
  @Delete(':id')
  @ApiOkResponse({ standardSchema: deletedAnswer })
  async remove(@CurrentWorkspace() { workspaceId }: WorkspaceKey, @Param('id', IdPipe) id: string) {
    found((await this.keys.remove(workspaceId, id)) || undefined, id);
    return { type: 'write_key', id, deleted: true };
  }
}

const writeKeyObject = ({ id, name, prefix, createdAt }: WriteKey): WriteKeyAnswer => ({
  type: 'write_key',
  id,
  name,
  prefix,
  created_at: Math.floor(createdAt),
});
