import { Injectable } from '@nestjs/common';
import { IdentityRepository, type Transaction } from '#database';
import { type Change, type Contact, DomainError, type Id } from '#domain';
import { ContactResolver } from './contact-resolver.js';

/** Keeps names unique among users: an external id by its identity, an address by asking under its lock. */
@Injectable()
export class ContactNames {
  constructor(
    private readonly identities: IdentityRepository,
    private readonly resolver: ContactResolver,
  ) {}

  /** Gives the contact the names it was just written, or throws `conflict` with the other's `contact_id`. */
  async claim(contact: Contact, changes: readonly Change[], tx: Transaction): Promise<void> {
    const externalId = changes.find((change) => change.key === 'external_id');
    if (externalId) await this.moveExternalId(contact, externalId, tx);
    if (changes.some(({ key }) => key === 'email' || key === 'role')) await this.claimEmail(contact, tx);
  }

  private async moveExternalId({ workspaceId, id }: Contact, change: Change, tx: Transaction): Promise<void> {
    if (typeof change.before === 'string') {
      await this.identities.releaseExternalId({ workspaceId, value: change.before }, tx);
      this.resolver.forget(workspaceId, 'external_id', change.before);
    }
    if (typeof change.after !== 'string') return;
    const owner = await this.identities.claimExternalId({ workspaceId, value: change.after }, id, tx);
    if (owner !== id) throw taken('external_id', owner);
  }

  private async claimEmail({ workspaceId, id, attributes }: Contact, tx: Transaction): Promise<void> {
    const { email, role } = attributes;
    if (typeof email !== 'string' || role !== 'user') return;
    const owner = await this.identities.otherUserWithEmail({ workspaceId, value: email }, id, tx);
    if (owner) throw taken('email', owner);
  }
}

/** The text is Intercom's: clients read the id out of it. */
const taken = (field: string, id: Id): DomainError =>
  new DomainError('conflict', `A contact matching those details already exists with id=${id}`, field, {
    contact_id: id,
  });
