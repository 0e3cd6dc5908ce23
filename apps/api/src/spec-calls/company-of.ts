import { createOrUpdateCompany } from '#contracts';
import type { DomainError } from '#domain';
import type { AskedCompany } from '#pipeline';
import type { Facts } from './facts.js';
import { readTraits, type StandardTraits } from './read-traits.js';

const { name, plan, industry, website, size, monthly_spend, remote_created_at } = createOrUpdateCompany.shape;

const STANDARD: StandardTraits = {
  name: ['name', name],
  plan: ['plan', plan],
  industry: ['industry', industry],
  website: ['website', website],
  employees: ['size', size],
  monthlySpend: ['monthly_spend', monthly_spend],
  createdAt: ['remote_created_at', remote_created_at],
};

/** What traits say of a company (spec: group). */
export function companyOf(
  companyId: string,
  traits: Facts,
): { readonly company: AskedCompany; readonly warnings: readonly DomainError[] } {
  const { warnings, ...asked } = readTraits(traits, STANDARD);
  return { company: { companyId, ...asked }, warnings };
}
