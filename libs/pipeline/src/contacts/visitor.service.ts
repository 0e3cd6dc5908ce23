import { Injectable } from '@nestjs/common';
import { ContactRepository, Database, IdentityRepository, type Transaction } from '#database';
import { type Contact, DomainError, type Id, isId, type Role } from '#domain';
import { ContactWriter, type WrittenAttributes } from '../accept/contact-writer.js';
import { nameTaken } from '../accept/refusals.js';
import { retried } from './lost-race.js';
import { nameAttributes, type Names } from './upsert.service.js';

/** The ways to name a visitor. `user_id` is its anonymous id. */
export type VisitorReference =
  { readonly id: Id } | { readonly user_id: string } | { readonly email: string };

/** What is known of a visitor by now. */
export interface Known {
  readonly role: Role;
  readonly names: Names;
  readonly at?: number | undefined;
}

/** People of whom nothing is known but the anonymous id that their browser keeps (reference 1.3). */
@Injectable()
export class VisitorService {
  constructor(
    private readonly database: Database,
    private readonly contacts: ContactRepository,
    private readonly identities: IdentityRepository,
    private readonly writer: ContactWriter,
  ) {}

  /** The contact with this anonymous id: a new visitor, or whoever has it already, by now perhaps a user. */
  ensure(workspaceId: number, anonymousId: string): Promise<Contact> {
    return retried(async () => {
      const known = await this.lookUp(workspaceId, { user_id: anonymousId });
      return known ?? this.create(workspaceId, anonymousId);
    });
  }

  /** Throws `not_found`, also of what is no visitor any more. */
  async find(workspaceId: number, reference: VisitorReference): Promise<Contact> {
    const contact = await this.lookUp(workspaceId, reference);
    if (contact?.attributes['role'] !== 'visitor') throw visitorNotFound();
    return contact;
  }

  async update(
    workspaceId: number,
    reference: VisitorReference,
    written: WrittenAttributes,
  ): Promise<Contact> {
    const { id } = await this.find(workspaceId, reference);
    return this.change(workspaceId, id, (visitor, tx) => this.writer.update(visitor, written, { tx }));
  }

  /**
   * Turns the visitor into a lead or a user of these names, as of `at`, in unix seconds, by default now. Throws
   * `not_found`, or `conflict` if they are taken.
   */
  become(workspaceId: number, id: Id, { at, ...who }: Known): Promise<Contact> {
    const attributes = { role: who.role, ...nameAttributes(who.names) };
    return this.change(workspaceId, id, (visitor, tx) =>
      this.writer.update(
        visitor,
        { attributes, customAttributes: {} },
        { tx, anew: true, sharesEmail: true, at },
      ),
    );
  }

  private async change(
    workspaceId: number,
    id: Id,
    write: (visitor: Contact, tx: Transaction) => Promise<void>,
  ): Promise<Contact> {
    const visitor = await this.database.transaction(async (tx) => {
      const visitor = await this.contacts.lockOne(workspaceId, id, tx);
      if (visitor?.attributes['role'] !== 'visitor') throw visitorNotFound();
      await write(visitor, tx);
      await this.contacts.update([visitor], tx);
      return visitor;
    });
    this.writer.hint(visitor);
    return visitor;
  }

  private async create(workspaceId: number, anonymousId: string): Promise<Contact> {
    const attributes = { role: 'visitor', anonymous_id: anonymousId };
    const visitor = await this.database.transaction(async (tx) => {
      const visitor = await this.writer.create(workspaceId, { attributes, customAttributes: {} }, { tx });
      const identity = { workspaceId, kind: 'anonymous_id', value: anonymousId } as const;
      const owner = await this.identities.claim(identity, visitor.id, tx);
      if (owner !== visitor.id) throw nameTaken('user_id', owner, undefined);
      await this.contacts.insert([visitor], tx);
      return visitor;
    });
    this.writer.hint(visitor);
    return visitor;
  }

  private async lookUp(workspaceId: number, reference: VisitorReference): Promise<Contact | undefined> {
    if ('user_id' in reference)
      return this.contacts.findByIdentity({ workspaceId, kind: 'anonymous_id', value: reference.user_id });
    if ('id' in reference)
      return isId(reference.id) ? this.contacts.find(workspaceId, reference.id) : undefined;
    const [visitor, ...others] = await this.contacts.listByEmail(workspaceId, reference.email, 'visitor');
    if (others.length > 0)
      throw new DomainError('conflict', 'Several visitors have this email: use the id', 'email');
    return visitor;
  }
}

const visitorNotFound = (): DomainError => new DomainError('not_found', 'Visitor Not Found');
