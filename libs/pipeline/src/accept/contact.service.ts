import { Injectable } from '@nestjs/common';
import { type ContactKey, ContactRepository, Database } from '#database';
import { type Contact, DomainError, type Id, ID_PATTERN } from '#domain';
import { MicroBatch } from '../micro-batch.js';
import { ContactWriter, type WrittenAttributes } from './contact-writer.js';

/**
 * Calls that answer with the contact: they write it in their own transaction, and append what changed to the inbox,
 * so that rules are evaluated in one place only.
 */
@Injectable()
export class ContactService {
  private readonly finding = new MicroBatch((keys: ContactKey[]) => this.contacts.findMany(keys));

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
  async update(workspaceId: number, id: Id, written: WrittenAttributes): Promise<Contact> {
    const contact = await this.database.transaction(async (tx) => {
      const [contact] = ID_PATTERN.test(id) ? await this.contacts.lock([id], tx) : [];
      if (contact?.workspaceId !== workspaceId) throw notFound();
      await this.writer.update(contact, written, tx);
      await this.contacts.update([contact], tx);
      return contact;
    });
    this.writer.hint(contact);
    return contact;
  }

  async find(workspaceId: number, id: Id): Promise<Contact> {
    const contact = ID_PATTERN.test(id) ? await this.finding.add({ workspaceId, id }) : undefined;
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
