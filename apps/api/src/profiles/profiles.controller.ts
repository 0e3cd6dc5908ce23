import { Controller, Get, HttpStatus, Param, Query, Res } from '@nestjs/common';
import { ApiOkResponse, ApiResponse, ApiTags } from '@nestjs/swagger';
import type { FastifyReply } from 'fastify';
import {
  contactAnswer,
  type ProfileChoices,
  profileChoices,
  profileQuery,
  type ProfileQuery,
} from '#contracts';
import { ContactRepository } from '#database';
import { type Contact, DomainError } from '#domain';
import { ContactFinder, contactNotFound } from '#pipeline';
import { ContactAnswers } from '../contacts/contact-answers.js';
import { type Caller, CurrentWorkspace } from '../http/current-workspace.decorator.js';
import { profileChoice } from './profile-choice.js';

/** How many contacts of one address are listed. */
const MAX_CHOICES = 50;

/** Direct links to a contact's page, by the names that other systems know (reference 9). */
@ApiTags('profiles')
@Controller('apps/:app_id/users')
export class ProfilesController {
  constructor(
    private readonly finder: ContactFinder,
    private readonly contacts: ContactRepository,
    private readonly answers: ContactAnswers,
  ) {}

  /** One match redirects to its page; of an address that several share, all are listed to choose from. */
  @Get('show')
  @ApiResponse({ status: HttpStatus.FOUND, description: "To the contact's page" })
  @ApiResponse({ status: HttpStatus.AMBIGUOUS, standardSchema: profileChoices })
  async show(
    @CurrentWorkspace() caller: Caller,
    @Param('app_id') appId: string,
    @Query({ schema: profileQuery }) query: ProfileQuery,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<ProfileChoices | undefined> {
    assertOwn(caller, appId);
    const choices = (await this.matches(caller, query)).map((contact) => profileChoice(contact, appId));
    const [first] = choices;
    if (!first) throw contactNotFound();
    if (choices.length === 1) return void reply.redirect(first.url, HttpStatus.FOUND);
    reply.code(HttpStatus.AMBIGUOUS);
    return { type: 'list', data: choices };
  }

  /** The page: the contact itself. */
  @Get(':id')
  @ApiOkResponse({ standardSchema: contactAnswer })
  async page(@CurrentWorkspace() caller: Caller, @Param('app_id') appId: string, @Param('id') id: string) {
    assertOwn(caller, appId);
    return this.answers.one(caller, await this.finder.find(caller.workspaceId, id));
  }

  private async matches({ workspaceId }: Caller, { user_id, email }: ProfileQuery): Promise<Contact[]> {
    if (user_id !== undefined) return [await this.finder.findByExternalId(workspaceId, user_id)];
    return this.contacts.findByEmail(workspaceId, email ?? '', MAX_CHOICES);
  }
}

/** Another workspace's pages are not there for this token. */
function assertOwn(caller: Caller, appId: string): void {
  if (appId !== caller.appId) throw new DomainError('not_found', `This token opens no app ${appId}`);
}
