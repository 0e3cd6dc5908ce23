import { Injectable } from '@nestjs/common';
import { ContactTagRepository, Database, type Tag, TagRepository } from '#database';
import { type ContactReference, DomainError, type Id } from '#domain';
import { ContactResolver } from '../accept/contact-resolver.js';
import { split, tagOf, type TagOrder, type Target } from './tag-order.js';

/** Tags contacts, all or none. */
@Injectable()
export class ContactTagger {
  constructor(
    private readonly database: Database,
    private readonly tags: TagRepository,
    private readonly contactTags: ContactTagRepository,
    private readonly resolver: ContactResolver,
  ) {}

  /** Throws `not_found` or `conflict` that names the first of `users` who is not there, or not the only one. */
  async tag(order: TagOrder, targets: readonly Target<ContactReference>[]): Promise<Tag> {
    const { on, off } = split(targets, await this.idsOf(order, targets));
    return this.database.transaction(async (tx) => {
      const tag = await tagOf(order, on.length > 0, this.tags, tx);
      const tagging = { ...order, tagId: tag.id };
      const tagged = await this.contactTags.apply(tagging, on, tx);
      const untagged = await this.contactTags.remove(tagging, off, tx);
      if (tagged.length + untagged < on.length + off.length) throw gone();
      return tag;
    });
  }

  private async idsOf(order: TagOrder, targets: readonly Target<ContactReference>[]): Promise<Id[]> {
    const references = targets.map(({ reference }) => reference);
    const found = await this.resolver.resolveAll(order.workspaceId, references);
    return found.map((one, i) => {
      if (!(one instanceof DomainError)) return one;
      throw new DomainError(one.code, `users.${i}: ${one.message}`, `users.${i}`);
    });
  }
}

/** Names are remembered for a while: a contact may be gone that was found by one. */
const gone = (): DomainError =>
  new DomainError('not_found', 'users: one of them was deleted just now, so none was tagged', 'users');
