import { Injectable } from '@nestjs/common';
import type { DomainError } from '#domain';
import type { Asked, AskedCompany } from '#pipeline';
import { BrowserAttributes } from './browser-attributes.js';
import { readCompanies } from './company-data.js';
import { cleaned, type PageData } from './page-data.js';
import { type Campaign, readUserData } from './user-data.js';

/** What is known of a visitor besides who it is, and what was left out. */
export interface PageTraits {
  readonly traits: Asked;
  readonly companies: readonly AskedCompany[];
  readonly campaign: Campaign;
  readonly warnings: readonly DomainError[];
}

/** Reads what a page says of its visitor. Where a signature vouches for something else, that counts. */
@Injectable()
export class PageTraitsReader {
  constructor(private readonly attributes: BrowserAttributes) {}

  /** @param claims what a signature vouches for */
  async read(workspaceId: number, data: PageData, claims: PageData): Promise<PageTraits> {
    const user = readUserData(data);
    const trusted = readUserData(cleaned(claims));
    const own = await this.attributes.admit(workspaceId, 'contact', user.customAttributes);
    const vouched = await this.attributes.admitTrusted(workspaceId, 'contact', trusted.customAttributes);
    const read = readCompanies([...user.companies, ...trusted.companies]);
    const admitted = await this.admitCompanies(workspaceId, read.companies);
    return {
      traits: {
        attributes: { ...user.attributes, ...trusted.attributes },
        customAttributes: { ...own.values, ...vouched.values },
      },
      companies: admitted.companies,
      campaign: { ...user.campaign, ...trusted.campaign },
      warnings: [user, trusted, own, vouched, read, admitted].flatMap(({ warnings }) => warnings),
    };
  }

  private async admitCompanies(workspaceId: number, asked: readonly AskedCompany[]) {
    const companies: AskedCompany[] = [];
    const warnings: DomainError[] = [];
    for (const company of asked) {
      const admitted = await this.attributes.admit(workspaceId, 'company', company.customAttributes);
      companies.push({ ...company, customAttributes: admitted.values });
      warnings.push(...admitted.warnings);
    }
    return { companies, warnings };
  }
}
