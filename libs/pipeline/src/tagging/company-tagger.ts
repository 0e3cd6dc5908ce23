import { Injectable } from '@nestjs/common';
import { CompanyTagRepository, Database, type NamedCompany, type Tag, TagRepository } from '#database';
import { DomainError, isId } from '#domain';
import { split, tagOf, type TagOrder, type Target } from './tag-order.js';

/** How a client names a company: by Muster's id, or by its own. */
export type CompanyReference = { readonly id: string } | { readonly company_id: string };

/** Tags companies, all or none. */
@Injectable()
export class CompanyTagger {
  constructor(
    private readonly database: Database,
    private readonly tags: TagRepository,
    private readonly companyTags: CompanyTagRepository,
  ) {}

  /** Throws `company_not_found` that names the first of `companies` that is not there. */
  tag(order: TagOrder, targets: readonly Target<CompanyReference>[]): Promise<Tag> {
    const references = targets.map(({ reference }) => reference);
    return this.database.transaction(async (tx) => {
      const found = await this.companyTags.named(order.workspaceId, namesOf(references), tx);
      const { on, off } = split(targets, references.map(idAmong(found)));
      const tag = await tagOf(order, on.length > 0, this.tags, tx);
      await this.companyTags.apply({ ...order, tagId: tag.id }, on, tx);
      await this.companyTags.remove({ ...order, tagId: tag.id }, off, tx);
      return tag;
    });
  }
}

const namesOf = (references: readonly CompanyReference[]) => ({
  ids: references.flatMap((one) => ('id' in one && isId(one.id) ? [one.id] : [])),
  companyIds: references.flatMap((one) => ('company_id' in one ? [one.company_id] : [])),
});

const idAmong = (found: readonly NamedCompany[]) => (reference: CompanyReference, i: number) => {
  const company =
    'id' in reference
      ? found.find(({ id }) => id === reference.id)
      : found.find(({ companyId }) => companyId === reference.company_id);
  if (company) return company.id;
  throw new DomainError('company_not_found', `companies.${i}: Company Not Found`, `companies.${i}`);
};
