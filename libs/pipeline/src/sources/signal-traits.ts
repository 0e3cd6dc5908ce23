import { Injectable } from '@nestjs/common';
import { CustomAttributes } from '../accept/custom-attributes.js';
import { UserParts } from '../contacts/user-parts.js';
import type { Draft } from './draft.js';

/** Holds what signals say of people and companies against what the workspace has declared. */
@Injectable()
export class SignalTraits {
  constructor(
    private readonly customAttributes: CustomAttributes,
    private readonly parts: UserParts,
  ) {}

  /** What a custom attribute cannot take is left out. One after another: the first that has a new name declares it. */
  async admit(drafts: readonly Draft[]): Promise<void> {
    for (const draft of drafts) {
      if (draft.signal.traits) await this.admitTraits(draft);
      if (draft.signal.companies) await this.admitCompanies(draft);
    }
  }

  private async admitTraits(draft: Draft): Promise<void> {
    const { workspaceId, signal } = draft;
    const asked = signal.traits ?? draft.traits;
    const model = { workspaceId, model: 'contact' } as const;
    const { written, warnings } = await this.customAttributes.admit(model, asked, { partial: true });
    const { external_id: _, role: __, ...attributes } = written.attributes;
    draft.traits = { ...written, attributes };
    draft.warnings.push(...warnings);
  }

  private async admitCompanies(draft: Draft): Promise<void> {
    const { workspaceId, signal } = draft;
    const asked = signal.companies ?? [];
    const { companies, warnings } = await this.parts.admit(workspaceId, asked, { partial: true });
    draft.companies = companies;
    draft.warnings.push(...warnings);
  }
}
