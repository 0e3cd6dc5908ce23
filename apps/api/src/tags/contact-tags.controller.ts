import { Body, Controller, Delete, Get, HttpCode, Param, Post } from '@nestjs/common';
import { ApiOkResponse, ApiTags } from '@nestjs/swagger';
import { tagAnswer, tagContact, type TagContactBody, tagList } from '#contracts';
import { ContactTagRepository, TagRepository, type WorkspaceKey } from '#database';
import { ContactFinder } from '#pipeline';
import { Clock } from '#platform';
import { ContactIdPipe } from '../contacts/contact-id.pipe.js';
import { CurrentWorkspace } from '../http/current-workspace.decorator.js';
import { foundResource, numberId, resourceNotFound } from '../http/number-id.js';
import { appliedTagObject, tagObject } from './tag-object.js';

/** The tags of one contact. */
@ApiTags('tags')
@Controller('contacts/:contact_id/tags')
export class ContactTagsController {
  constructor(
    private readonly contacts: ContactFinder,
    private readonly tags: TagRepository,
    private readonly contactTags: ContactTagRepository,
    private readonly clock: Clock,
  ) {}

  /** In the order in which they were applied. */
  @Get()
  @ApiOkResponse({ standardSchema: tagList })
  async list(@CurrentWorkspace() { workspaceId }: WorkspaceKey, @Param('contact_id') contactId: string) {
    const { id } = await this.contacts.find(workspaceId, contactId);
    const tags = await this.contactTags.list(workspaceId, id);
    return { type: 'list', data: tags.map(appliedTagObject) };
  }

  /** A tag that the contact has already stays as it was applied. */
  @Post()
  @HttpCode(200)
  @ApiOkResponse({ standardSchema: tagAnswer })
  async tag(
    @CurrentWorkspace() { workspaceId, adminId }: WorkspaceKey,
    @Param('contact_id', ContactIdPipe) contactId: string,
    @Body({ schema: tagContact }) { id }: TagContactBody,
  ) {
    const tagging = { workspaceId, tagId: numberId(id), by: adminId, at: this.clock.now() };
    const [applied] = await this.contactTags.apply(tagging, [contactId]);
    if (applied) return appliedTagObject(applied);
    await this.contacts.find(workspaceId, contactId);
    throw resourceNotFound('tag', id);
  }

  /** A tag that the contact does not have is off already. */
  @Delete(':id')
  @ApiOkResponse({ standardSchema: tagAnswer })
  async untag(
    @CurrentWorkspace() { workspaceId }: WorkspaceKey,
    @Param('contact_id', ContactIdPipe) contactId: string,
    @Param('id') id: string,
  ) {
    const tagId = numberId(id);
    const existing = await this.contactTags.remove({ workspaceId, tagId }, [contactId]);
    if (existing === 0) await this.contacts.find(workspaceId, contactId);
    return tagObject(foundResource(await this.tags.find({ workspaceId, id: tagId }), 'tag', id));
  }
}
