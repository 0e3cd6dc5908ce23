import { Injectable } from '@nestjs/common';
import { type Contact, isId, type Role } from '#domain';
import { ContactFinder } from '../accept/contact-finder.js';
import { retried } from './lost-race.js';
import { MergeService } from './merge.service.js';
import { type Names, UpsertService } from './upsert.service.js';
import { type VisitorReference, VisitorService } from './visitor.service.js';

/** Who a visitor turns out to be. `id` is a contact's; one that cannot be is taken for an external id. */
export interface Conversion {
  readonly role: Exclude<Role, 'visitor'>;
  readonly user: Names & { readonly id?: string | undefined };
  readonly visitor: VisitorReference;
}

/** Makes visitors known: merged into the contact that they are, or turned into one where they stand. */
@Injectable()
export class VisitorConversion {
  constructor(
    private readonly contacts: ContactFinder,
    private readonly upserts: UpsertService,
    private readonly visitors: VisitorService,
    private readonly merges: MergeService,
  ) {}

  /** Throws `not_found` when there is no such visitor, or no contact of the id; `conflict` as an upsert does. */
  convert(workspaceId: number, { role, user, visitor }: Conversion): Promise<Contact> {
    return retried(async () => {
      const { id: from } = await this.visitors.find(workspaceId, visitor);
      const { id, ...names } = withoutForeignId(user);
      const target =
        id === undefined
          ? await this.find(workspaceId, role, names)
          : await this.contacts.find(workspaceId, id);
      if (target) return this.merges.merge(workspaceId, { from, into: target.id, names });
      return this.visitors.become(workspaceId, from, { role, names });
    });
  }

  /** A lead has no unique name: without its id there is none to be found. */
  private async find(workspaceId: number, role: Role, names: Names): Promise<Contact | undefined> {
    return role === 'user' ? this.upserts.find(workspaceId, names) : undefined;
  }
}

function withoutForeignId({ id, ...names }: Conversion['user']): Conversion['user'] {
  if (id === undefined || isId(id)) return { id, ...names };
  return { ...names, externalId: names.externalId ?? id };
}
