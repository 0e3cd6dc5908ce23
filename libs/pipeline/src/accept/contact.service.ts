import { Injectable } from '@nestjs/common';
import { ContactRepository, Database, type Transaction } from '#database';
import { type Author, type Contact, type Id, isId, isVisitor, unarchive } from '#domain';
import { ContactWriter, type Sight, type WrittenAttributes } from './contact-writer.js';
import { type Asked, type CheckedValues, type CheckOptions, CustomAttributes } from './custom-attributes.js';
import { archivedOwner, contactNotFound } from './refusals.js';

/** A contact as it was written, and what was left out of it. */
export type WrittenContact = Contact & Pick<CheckedValues, 'warnings'>;

/** How a contact is written besides what is written. */
export interface WriteAs extends CheckOptions {
  /** Looks at the contact, once it is held, and refuses by throwing. */
  readonly check?: (contact: Contact) => void;
  /** An archived contact comes back. */
  readonly unarchive?: boolean;
  /** Users with different external ids may have the same address (reference 4, the v1 rule). */
  readonly sharesEmail?: boolean;
  readonly by?: Author;
  readonly sight?: Sight | undefined;
  /** As of when, in unix seconds; now by default. What was written later stays. */
  readonly at?: number | undefined;
  /**
   * Writes what comes with the contact, in its transaction, and answers with the companies that the contact is there
   * for. It may run again after a failure that it did not cause.
   */
  readonly also?: (contact: Contact, tx: Transaction) => Promise<Id[]>;
}

/**
 * Calls that answer with the contact: they write it in their own transaction, and append what changed to the inbox,
 * so that rules are evaluated in one place only. Custom attributes are refused as {@link CustomAttributes.check} does.
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
   * Throws `conflict`, with the other's `contact_id`, when another user has the external id or the address, and
   * `not_restorable` when that one is blocked. An archived one comes back and is written, if that is asked for.
   */
  async create(workspaceId: number, asked: Asked, as: WriteAs = {}): Promise<WrittenContact> {
    const { written, warnings } = await this.admit(workspaceId, asked, as);
    try {
      return { ...(await this.insert(workspaceId, written, as)), warnings };
    } catch (error) {
      const archived = as.unarchive ? archivedOwner(error) : undefined;
      if (!archived) throw error;
      return { ...(await this.write(workspaceId, archived, written, as)), warnings };
    }
  }

  /** Throws `not_found`, or `conflict` and `not_restorable` as {@link create} does. */
  async update(workspaceId: number, id: Id, asked: Asked, as: WriteAs = {}): Promise<WrittenContact> {
    const { written, warnings } = await this.admit(workspaceId, asked, as);
    return { ...(await this.write(workspaceId, id, written, as)), warnings };
  }

  /** Lets `work` change a contact in a transaction that holds its lock, and saves it. Throws `not_found`. */
  async change<T>(
    workspaceId: number,
    id: Id,
    work: (contact: Contact, tx: Transaction) => Promise<T>,
  ): Promise<T> {
    const [contact, result] = await this.database.transaction(async (tx) => {
      const contact = isId(id) ? await this.contacts.lockOne(workspaceId, id, tx) : undefined;
      if (!contact || isVisitor(contact)) throw contactNotFound();
      const result = await work(contact, tx);
      await this.contacts.update([contact], tx);
      return [contact, result] as const;
    });
    this.writer.hint(contact);
    return result;
  }

  private admit(workspaceId: number, asked: Asked, options: CheckOptions) {
    return this.customAttributes.admit({ workspaceId, model: 'contact' }, asked, options);
  }

  private async insert(workspaceId: number, written: WrittenAttributes, as: WriteAs): Promise<Contact> {
    const { sharesEmail, at } = as;
    const contact = await this.database.transaction(async (tx) => {
      const contact = await this.writer.create(workspaceId, written, { tx, sharesEmail, at });
      await this.writeRest(contact, as, tx);
      await this.contacts.insert([contact], tx);
      return contact;
    });
    this.writer.hint(contact);
    return contact;
  }

  private write(workspaceId: number, id: Id, written: WrittenAttributes, as: WriteAs): Promise<Contact> {
    const { check, sharesEmail, at, by } = as;
    return this.change(workspaceId, id, async (contact, tx) => {
      check?.(contact);
      const anew = as.unarchive === true && unarchive(contact);
      await this.writer.update(contact, written, { tx, anew, sharesEmail, at, by });
      await this.writeRest(contact, as, tx);
      return contact;
    });
  }

  private async writeRest(contact: Contact, { also, sight }: WriteAs, tx: Transaction): Promise<void> {
    const companyIds = (await also?.(contact, tx)) ?? [];
    if (sight) await this.writer.see(contact, { ...sight, companyIds }, tx);
  }
}
