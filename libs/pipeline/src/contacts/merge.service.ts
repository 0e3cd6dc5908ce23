import { Injectable } from '@nestjs/common';
import { ContactRepository, Database } from '#database';
import { checkDuplicates, checkMerge, type Contact, type Id } from '#domain';
import { ContactResolver } from '../accept/contact-resolver.js';
import { contactNotFound } from '../accept/refusals.js';
import { Merger } from './merger.js';
import type { Names } from './upsert.service.js';

/** Which contact goes, and which one stays. */
export interface Merge {
  readonly from: Id;
  readonly into: Id;
  /** Refuses contacts that share neither address nor phone. */
  readonly duplicatesOnly?: boolean;
  /** What the survivor is called from now on, where it is not yet. */
  readonly names?: Names;
}

/** Merges a lead into a user, or a visitor into either. */
@Injectable()
export class MergeService {
  constructor(
    private readonly database: Database,
    private readonly contacts: ContactRepository,
    private readonly merger: Merger,
    private readonly resolver: ContactResolver,
  ) {}

  /**
   * Answers with the survivor. Throws `not_found`, `invalid_merge`, `conflict` when the survivor would take over an
   * address that is another user's, or `contact_company_limit_exceeded` when it would come to too many companies.
   */
  async merge(workspaceId: number, { from, into, ...how }: Merge): Promise<Contact> {
    const survivor = await this.database.transaction(async (tx) => {
      const locked = await this.contacts.lockForRemoval([from, into], tx);
      const held = (id: Id) => locked.find((one) => one.id === id && one.workspaceId === workspaceId);
      const [source, target] = [held(from), held(into)];
      if (!source || !target) throw contactNotFound();
      checkMerge(source, target);
      if (how.duplicatesOnly) checkDuplicates(source, target);
      await this.merger.absorb(target, source, { tx, names: how.names });
      await this.contacts.update([target], tx);
      return target;
    });
    this.resolver.forgetContacts([from]);
    this.merger.hint(survivor);
    return survivor;
  }
}
