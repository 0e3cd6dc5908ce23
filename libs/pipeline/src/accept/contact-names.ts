import { Injectable } from '@nestjs/common';
import { ContactRepository, IdentityRepository, type Transaction } from '#database';
import type { Change, Contact, DomainError, Id } from '#domain';
import { ContactResolver } from './contact-resolver.js';
import { nameTaken } from './refusals.js';

/** How names are claimed. */
export interface Claim {
  readonly tx: Transaction;
  /** Users with different external ids may have the same address (reference 4, the v1 rule). */
  readonly sharesEmail?: boolean | undefined;
}

/**
 * Keeps names unique among users: an external id by its identity, an address by asking under its lock. Only who says so
 * may share an address.
 */
@Injectable()
export class ContactNames {
  constructor(
    private readonly identities: IdentityRepository,
    private readonly contacts: ContactRepository,
    private readonly resolver: ContactResolver,
  ) {}

  /**
   * Gives the contact the names it was just written. Throws `conflict` with the other's `contact_id`, or
   * `not_restorable` when the other is blocked.
   */
  async claim(contact: Contact, changes: readonly Change[], claim: Claim): Promise<void> {
    const externalId = changes.find((change) => change.key === 'external_id');
    if (externalId) await this.moveExternalId(contact, externalId, claim.tx);
    if (changes.some(({ key }) => key === 'email' || key === 'role')) await this.claimEmail(contact, claim);
  }

  private async moveExternalId({ workspaceId, id }: Contact, change: Change, tx: Transaction): Promise<void> {
    const kind = 'external_id';
    if (typeof change.before === 'string') {
      await this.identities.release({ workspaceId, kind, value: change.before }, tx);
      this.resolver.forget(workspaceId, kind, change.before);
    }
    if (typeof change.after !== 'string') return;
    const owner = await this.identities.claim({ workspaceId, kind, value: change.after }, id, tx);
    if (owner !== id) throw await this.taken(kind, { workspaceId, id: owner }, tx);
  }

  private async claimEmail(
    { workspaceId, id, attributes }: Contact,
    { tx, sharesEmail }: Claim,
  ): Promise<void> {
    const { email, role, external_id: externalId } = attributes;
    if (typeof email !== 'string' || role !== 'user') return;
    const unnamedOnly = sharesEmail === true && externalId !== undefined;
    const owner = await this.identities.otherUserWithEmail(
      { workspaceId, value: email, unnamedOnly },
      id,
      tx,
    );
    if (owner) throw await this.taken('email', { workspaceId, id: owner }, tx);
  }

  private async taken(
    field: string,
    { workspaceId, id }: { readonly workspaceId: number; readonly id: Id },
    tx: Transaction,
  ): Promise<DomainError> {
    return nameTaken(field, id, await this.contacts.find(workspaceId, id, tx));
  }
}
