import { Injectable } from '@nestjs/common';
import { type Contact, DomainError, type Id, isVisitor } from '#domain';
import { ContactResolver } from '../accept/contact-resolver.js';
import { MergeService } from '../contacts/merge.service.js';
import { nameAttributes, UpsertService } from '../contacts/upsert.service.js';
import { VisitorService } from '../contacts/visitor.service.js';
import type { SignalNames } from './signal.js';

/** Finds the person that a signal is about, and makes whoever is new: a named one a user, a nameless one a visitor. */
@Injectable()
export class People {
  constructor(
    private readonly resolver: ContactResolver,
    private readonly upserts: UpsertService,
    private readonly visitors: VisitorService,
    private readonly merges: MergeService,
  ) {}

  /**
   * Where a device's visitor turns out to be a known person, it is merged into that one, or becomes it. Throws
   * `not_found` for an id that nobody has, `parameter_not_found` when there is no name at all.
   */
  async find(workspaceId: number, { id, anonymousId, ...names }: SignalNames): Promise<Id> {
    if (id !== undefined) return this.resolver.resolve(workspaceId, { id });
    const named = names.externalId !== undefined || names.email !== undefined;
    if (!named && anonymousId === undefined)
      throw new DomainError('parameter_not_found', 'userId or anonymousId is needed');
    const visitor =
      anonymousId === undefined ? undefined : await this.visitors.ensure(workspaceId, anonymousId);
    if (!named && visitor) return visitor.id;
    const user = await this.upserts.find(workspaceId, names);
    if (!user) return (await this.introduce(workspaceId, visitor, names)).id;
    if (visitor && isVisitor(visitor))
      await this.merges.merge(workspaceId, { from: visitor.id, into: user.id });
    return user.id;
  }

  private introduce(
    workspaceId: number,
    visitor: Contact | undefined,
    names: Pick<SignalNames, 'externalId' | 'email'>,
  ): Promise<Contact> {
    if (visitor && isVisitor(visitor))
      return this.visitors.become(workspaceId, visitor.id, { role: 'user', names });
    const asked = { attributes: { ...nameAttributes(names), role: 'user' }, customAttributes: {} };
    return this.upserts.upsert(workspaceId, asked, { unarchive: true });
  }
}
