import { Injectable } from '@nestjs/common';
import type { WriteTagBody } from '#contracts';
import { type Tag, TagRepository, type WorkspaceKey } from '#database';
import { DomainError } from '#domain';
import { CompanyTagger, ContactTagger } from '#pipeline';
import { Clock } from '#platform';
import { foundResource, numberId } from '../http/number-id.js';
import { companyTargets, contactTargets } from './tag-targets.js';

/** What `POST /tags` does: five operations, told by the shape of the body (reference 4). */
@Injectable()
export class TagWriter {
  constructor(
    private readonly tags: TagRepository,
    private readonly contacts: ContactTagger,
    private readonly companies: CompanyTagger,
    private readonly clock: Clock,
  ) {}

  async write({ workspaceId, adminId }: WorkspaceKey, body: WriteTagBody): Promise<Tag> {
    const { name, id, users, companies, untag } = body;
    if (id !== undefined) return this.rename(workspaceId, id, name);
    const order = { workspaceId, name, by: adminId, at: this.clock.now() };
    if (users) return this.contacts.tag(order, contactTargets(users, untag));
    if (companies) return this.companies.tag(order, companyTargets(companies, untag));
    return this.tags.create(order, order.at);
  }

  private async rename(workspaceId: number, id: string | number, name: string): Promise<Tag> {
    const renamed = await this.tags.rename({ workspaceId, id: numberId(id) }, name);
    if (renamed === 'taken') throw new DomainError('conflict', `name: another tag is called ${name}`, 'name');
    return foundResource(renamed, 'tag', id);
  }
}
