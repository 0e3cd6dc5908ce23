import { Injectable } from '@nestjs/common';
import { AdminRepository, type Transaction } from '#database';
import { type AttributeValue, type Change, type Contact, DomainError } from '#domain';
import { type Claim, ContactNames } from './contact-names.js';

/** What a write to a contact must keep true, beyond the shape of its values. */
@Injectable()
export class ContactChecks {
  constructor(
    private readonly names: ContactNames,
    private readonly admins: AdminRepository,
  ) {}

  /** Throws `parameter_invalid`, or for a name what {@link ContactNames.claim} throws. */
  async pass(contact: Contact, changes: readonly Change[], claim: Claim): Promise<void> {
    checkRole(contact, changes);
    const owner = changes.find(({ key }) => key === 'owner_id')?.after;
    await this.checkOwner(contact.workspaceId, owner, claim.tx);
    await this.names.claim(contact, changes, claim);
  }

  /** A contact is owned by an admin of its workspace (reference 4), if by anybody; else it throws `parameter_invalid`. */
  async checkOwner(
    workspaceId: number,
    owner: AttributeValue | null | undefined,
    tx?: Transaction,
  ): Promise<void> {
    if (typeof owner !== 'number' || (await this.admins.find(workspaceId, owner, tx))) return;
    const message = `owner_id: no admin has the id ${owner}: GET /admins lists them`;
    throw new DomainError('parameter_invalid', message, 'owner_id');
  }
}

/** A lead becomes a user, never the other way; a lead has no external id (reference 1.1). */
function checkRole({ attributes }: Contact, changes: readonly Change[]): void {
  if (changes.find((change) => change.key === 'role')?.before === 'user') {
    throw new DomainError('parameter_invalid', 'role: a user cannot become a lead again', 'role');
  }
  if (attributes['role'] !== 'user' && attributes['external_id'] !== undefined) {
    const message = 'external_id: a lead has none: leave it out, or make the contact a user';
    throw new DomainError('parameter_invalid', message, 'external_id');
  }
}
