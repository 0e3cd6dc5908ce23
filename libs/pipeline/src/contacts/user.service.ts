import { Injectable } from '@nestjs/common';
import { ContactRepository } from '#database';
import { type Contact, type Id, isId, type Surroundings } from '#domain';
import type { Sight } from '../accept/contact-writer.js';
import { ContactService, type WrittenContact } from '../accept/contact.service.js';
import type { Asked } from '../accept/custom-attributes.js';
import { contactNotFound } from '../accept/refusals.js';
import { type UpsertOptions, UpsertService } from './upsert.service.js';
import { type AskedCompany, UserParts } from './user-parts.js';

/** A user as version 1 writes it: named by its id, or by the names among its attributes. */
export interface AskedUser extends Asked {
  readonly id?: string | undefined;
  readonly companies: readonly AskedCompany[];
  readonly sight?: Sight | undefined;
  readonly surroundings?: Surroundings | undefined;
}

/** Users as version 1 writes them (reference 4): with their companies and when they were seen, whole or not at all. */
@Injectable()
export class UserService {
  constructor(
    private readonly contacts: ContactService,
    private readonly upserts: UpsertService,
    private readonly repository: ContactRepository,
    private readonly parts: UserParts,
  ) {}

  /**
   * Writes the user of this id; else the one of this external id or address, as {@link UpsertService} does, or creates
   * it. An archived one comes back: version 1 has no other way to bring it. Throws `not_found` for an id alone that is
   * no user's, `conflict`, `not_restorable`, and for what comes with the user as {@link UserParts} does.
   */
  async upsert(
    workspaceId: number,
    { id, companies: asked, sight, surroundings, ...user }: AskedUser,
    options: Pick<UpsertOptions, 'partial' | 'by'>,
  ): Promise<WrittenContact> {
    const { companies, warnings } = await this.parts.admit(workspaceId, asked, options);
    const seen = surroundings && (await this.parts.see(workspaceId, surroundings, sight?.at));
    const as: UpsertOptions = {
      ...options,
      unarchive: true,
      sight,
      also: (contact, tx) => this.parts.write(contact, { companies, seen }, tx),
    };
    const known = await this.find(workspaceId, id);
    const written = known
      ? await this.contacts.update(workspaceId, known.id, user, { ...as, sharesEmail: true })
      : await this.byName(workspaceId, user, as);
    return { ...written, warnings: [...written.warnings, ...warnings] };
  }

  private async find(workspaceId: number, id: Id | undefined): Promise<Contact | undefined> {
    if (id === undefined || !isId(id)) return undefined;
    const contact = await this.repository.find(workspaceId, id);
    return contact?.attributes['role'] === 'user' ? contact : undefined;
  }

  private byName(workspaceId: number, user: Asked, as: UpsertOptions): Promise<WrittenContact> {
    const { external_id: externalId, email } = user.attributes;
    if (externalId === undefined && email === undefined) throw contactNotFound();
    return this.upserts.upsert(workspaceId, user, as);
  }
}
