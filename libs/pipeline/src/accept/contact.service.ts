import { Injectable } from '@nestjs/common';
import { ContactRepository, Database } from '#database';
import { type Contact, type Id, ID_PATTERN, unarchive } from '#domain';
import { ContactWriter, type WrittenAttributes } from './contact-writer.js';
import { archivedOwner, contactNotFound } from './refusals.js';

/** How a contact is written besides what is written. */
export interface WriteAs {
  /** Looks at the contact, once it is held, and refuses by throwing. */
  readonly check?: (contact: Contact) => void;
  /** An archived contact comes back. */
  readonly unarchive?: boolean;
  /** Users with different external ids may have the same address (reference 4, the v1 rule). */
  readonly sharesEmail?: boolean;
}

/**
 * Calls that answer with the contact: they write it in their own transaction, and append what changed to the inbox,
 * so that rules are evaluated in one place only.
 */
@Injectable()
export class ContactService {
  constructor(
    private readonly database: Database,
    private readonly contacts: ContactRepository,
    private readonly writer: ContactWriter,
  ) {}

  /**
   * Throws `conflict`, with the other's `contact_id`, when another user has the external id or the address, and
   * `not_restorable` when that one is blocked. An archived one comes back and is written, if that is asked for.
   */
  async create(workspaceId: number, written: WrittenAttributes, as: WriteAs = {}): Promise<Contact> {
    try {
      return await this.insert(workspaceId, written, as);
    } catch (error) {
      const archived = as.unarchive ? archivedOwner(error) : undefined;
      if (!archived) throw error;
      return this.update(workspaceId, archived, written, as);
    }
  }

  /** Throws `not_found`, or `conflict` and `not_restorable` as {@link create} does. */
  async update(workspaceId: number, id: Id, written: WrittenAttributes, as: WriteAs = {}): Promise<Contact> {
    const { check, sharesEmail } = as;
    const contact = await this.database.transaction(async (tx) => {
      const contact = ID_PATTERN.test(id) ? await this.contacts.lockOne(workspaceId, id, tx) : undefined;
      if (!contact || isVisitor(contact)) throw contactNotFound();
      check?.(contact);
      const anew = as.unarchive === true && unarchive(contact);
      await this.writer.update(contact, written, { tx, anew, sharesEmail });
      await this.contacts.update([contact], tx);
      return contact;
    });
    this.writer.hint(contact);
    return contact;
  }

  async find(workspaceId: number, id: Id): Promise<Contact> {
    const contact = ID_PATTERN.test(id) ? await this.contacts.find(workspaceId, id) : undefined;
    if (!contact || isVisitor(contact)) throw contactNotFound();
    return contact;
  }

  async findByExternalId(workspaceId: number, externalId: string): Promise<Contact> {
    const contact = await this.contacts.findByExternalId(workspaceId, externalId);
    if (!contact) throw contactNotFound();
    return contact;
  }

  private async insert(workspaceId: number, written: WrittenAttributes, as: WriteAs): Promise<Contact> {
    const { sharesEmail } = as;
    const contact = await this.database.transaction(async (tx) => {
      const contact = await this.writer.create(workspaceId, written, { tx, sharesEmail });
      await this.contacts.insert([contact], tx);
      return contact;
    });
    this.writer.hint(contact);
    return contact;
  }
}

/** Visitors are seen and written as visitors only (reference 1.3). */
const isVisitor = ({ attributes }: Contact): boolean => attributes['role'] === 'visitor';
