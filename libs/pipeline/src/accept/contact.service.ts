import { Injectable } from '@nestjs/common';
import { ContactRepository, Database, type Transaction } from '#database';
import { type Contact, DomainError, type Id, ID_PATTERN } from '#domain';
import { ContactWriter, type WrittenAttributes } from './contact-writer.js';

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

  /** Throws `conflict`, with the other's `contact_id`, when another user has the external id or the address. */
  async create(workspaceId: number, written: WrittenAttributes): Promise<Contact> {
    const contact = await this.database.transaction(async (tx) => {
      const contact = await this.writer.create(workspaceId, written, tx);
      await this.contacts.insert([contact], tx);
      return contact;
    });
    this.writer.hint(contact);
    return contact;
  }

  /** Throws `not_found`, or `conflict` as {@link create} does. */
  update(workspaceId: number, id: Id, written: WrittenAttributes): Promise<Contact> {
    return this.change(workspaceId, id, async (contact, tx) => {
      await this.writer.update(contact, written, tx);
      return contact;
    });
  }

  /** Lets `work` change a contact in a transaction that holds its lock, and saves it. Throws `not_found`. */
  async change<T>(
    workspaceId: number,
    id: Id,
    work: (contact: Contact, tx: Transaction) => Promise<T>,
  ): Promise<T> {
    const [contact, result] = await this.database.transaction(async (tx) => {
      const [contact] = ID_PATTERN.test(id) ? await this.contacts.lock([id], tx) : [];
      if (contact?.workspaceId !== workspaceId) throw notFound();
      const result = await work(contact, tx);
      await this.contacts.update([contact], tx);
      return [contact, result] as const;
    });
    this.writer.hint(contact);
    return result;
  }

  async find(workspaceId: number, id: Id): Promise<Contact> {
    const contact = ID_PATTERN.test(id) ? await this.contacts.find(workspaceId, id) : undefined;
    if (!contact) throw notFound();
    return contact;
  }

  async findByExternalId(workspaceId: number, externalId: string): Promise<Contact> {
    const contact = await this.contacts.findByExternalId(workspaceId, externalId);
    if (!contact) throw notFound();
    return contact;
  }
}

const notFound = (): DomainError => new DomainError('not_found', 'User Not Found');
