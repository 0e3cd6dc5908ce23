import { Injectable } from '@nestjs/common';
import { ContactRepository } from '#database';
import { type Contact, type ContactReference, DomainError, isId } from '#domain';
import { contactNotFound } from '../accept/refusals.js';

/** Finds users as version 1 has them: neither leads nor visitors, and none that is archived. */
@Injectable()
export class UserFinder {
  constructor(private readonly contacts: ContactRepository) {}

  /** Throws `not_found`, or `conflict` when several users have the address. */
  async find(workspaceId: number, reference: ContactReference): Promise<Contact> {
    const [user, ...others] = (await this.candidates(workspaceId, reference)).filter(
      ({ attributes, archivedAt }) => attributes['role'] === 'user' && archivedAt === null,
    );
    if (others.length > 0)
      throw new DomainError('conflict', 'Several users have this email: use the id or the user_id', 'email');
    if (!user) throw contactNotFound();
    return user;
  }

  private async candidates(workspaceId: number, reference: ContactReference): Promise<Contact[]> {
    if ('email' in reference) return this.contacts.listByEmail(workspaceId, reference.email, 'user');
    const one =
      'user_id' in reference
        ? await this.contacts.findByExternalId(workspaceId, reference.user_id)
        : isId(reference.id) && (await this.contacts.find(workspaceId, reference.id));
    return one ? [one] : [];
  }
}
