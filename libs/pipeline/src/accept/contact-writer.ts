import { Injectable } from '@nestjs/common';
import {
  type AttributesUpdate,
  type Change,
  type Contact,
  DomainError,
  newContact,
  type WrittenUpdate,
  writeAttributes,
  writesOf,
} from '#domain';
import { Clock, Ids } from '#platform';
import { type Claim, ContactNames } from './contact-names.js';
import { InboxService } from './inbox.service.js';

/** Attributes to write, by API name; null clears. `role`, `external_id` and `email` are among the standard ones. */
export type WrittenAttributes = Pick<AttributesUpdate, 'attributes' | 'customAttributes'>;

/** Attributes to write: none. */
export const NOTHING: WrittenAttributes = { attributes: {}, customAttributes: {} };

/** How a contact is written. */
export interface Write extends Claim {
  /** Every rule is asked again, whatever changes: the contact came or went as a whole, or took in another. */
  readonly anew?: boolean | undefined;
}

/** Writes attributes into a contact that the caller's transaction holds, and tells apply what changed. */
@Injectable()
export class ContactWriter {
  constructor(
    private readonly names: ContactNames,
    private readonly inbox: InboxService,
    private readonly clock: Clock,
    private readonly ids: Ids,
  ) {}

  async create(workspaceId: number, written: WrittenAttributes, how: Write): Promise<Contact> {
    const contact = newContact(workspaceId, this.ids.next(), this.clock.now());
    const attributes = { ...written.attributes, role: written.attributes['role'] ?? 'user' };
    const changes = await this.write(contact, { ...written, attributes }, how);
    await this.tell(contact, { kind: 'written', created: true, changed: changedOf(changes) }, how);
    return contact;
  }

  async update(contact: Contact, written: WrittenAttributes, how: Write): Promise<void> {
    const { anew = false } = how;
    const changes = await this.write(contact, written, how);
    if (changes.length === 0 && !anew) return;
    contact.attributes['updated_at'] = this.clock.now();
    await this.tell(contact, { kind: 'written', created: false, anew, changed: changedOf(changes) }, how);
  }

  /** To be called when the transaction has committed. */
  hint(contact: Contact): void {
    this.inbox.hint([{ contactId: contact.id }]);
  }

  private async write(contact: Contact, written: WrittenAttributes, claim: Claim): Promise<Change[]> {
    const changes = writeAttributes(contact, writesOf(written), this.clock.now());
    checkRole(contact, changes);
    await this.names.claim(contact, changes, claim);
    return changes;
  }

  private tell({ workspaceId, id }: Contact, update: WrittenUpdate, { tx }: Claim): Promise<void> {
    return this.inbox.appendWithin(tx, [{ workspaceId, contactId: id, update }]);
  }
}

/** A lead becomes a user, never the other way; a lead has no external id (reference 1.1). */
function checkRole({ attributes }: Contact, changes: readonly Change[]): void {
  if (changes.find((change) => change.key === 'role')?.before === 'user') {
    throw new DomainError('parameter_invalid', 'A user cannot become a lead again', 'role');
  }
  if (attributes['role'] !== 'user' && attributes['external_id'] !== undefined) {
    const message = 'A lead has no external_id: leave it out, or make the contact a user';
    throw new DomainError('parameter_invalid', message, 'external_id');
  }
}

const changedOf = (changes: readonly Change[]): WrittenUpdate['changed'] =>
  Object.fromEntries(changes.map(({ key, before, after }) => [key, [before ?? null, after ?? null]]));
