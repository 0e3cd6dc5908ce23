import { Injectable } from '@nestjs/common';
import { ContactRepository, Database, type Transaction } from '#database';
import { type Contact, DomainError, type Id, ID_PATTERN } from '#domain';
import { ContactWriter } from './contact-writer.js';
import { type Asked, type CheckedValues, type CheckOptions, CustomAttributes } from './custom-attributes.js';

/** A contact as it was written, and what was left out of it. */
export type WrittenContact = Contact & Pick<CheckedValues, 'warnings'>;

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
    private readonly customAttributes: CustomAttributes,
  ) {}

  /**
   * Throws `conflict`, with the other's `contact_id`, when another user has the external id or the address, and for
   * custom attributes as {@link CustomAttributes.check} does.
   */
  async create(workspaceId: number, asked: Asked, options?: CheckOptions): Promise<WrittenContact> {
    const { written, warnings } = await this.customAttributes.admit(
      { workspaceId, model: 'contact' },
      asked,
      options,
    );
    const contact = await this.database.transaction(async (tx) => {
      const contact = await this.writer.create(workspaceId, written, tx);
      await this.contacts.insert([contact], tx);
      return contact;
    });
    this.writer.hint(contact);
    return { ...contact, warnings };
  }

  /** Throws `not_found`, or `conflict` as {@link create} does. */
  async update(workspaceId: number, id: Id, asked: Asked, options?: CheckOptions): Promise<WrittenContact> {
    const { written, warnings } = await this.customAttributes.admit(
      { workspaceId, model: 'contact' },
      asked,
      options,
    );
    return this.change(workspaceId, id, async (contact, tx) => {
      await this.writer.update(contact, written, tx);
      return { ...contact, warnings };
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
      if (contact?.workspaceId !== workspaceId) throw contactNotFound();
      const result = await work(contact, tx);
      await this.contacts.update([contact], tx);
      return [contact, result] as const;
    });
    this.writer.hint(contact);
    return result;
  }

  async find(workspaceId: number, id: Id): Promise<Contact> {
    const contact = ID_PATTERN.test(id) ? await this.contacts.find(workspaceId, id) : undefined;
    if (!contact) throw contactNotFound();
    return contact;
  }

  async findByExternalId(workspaceId: number, externalId: string): Promise<Contact> {
    const contact = await this.contacts.findByExternalId(workspaceId, externalId);
    if (!contact) throw contactNotFound();
    return contact;
  }
}

/** The text is Intercom's; what is looked for at a contact is missed in other words. */
export const contactNotFound = (): DomainError => new DomainError('not_found', 'User Not Found');
