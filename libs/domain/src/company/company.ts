import type { Attributes, AttributeValue } from '../contact/contact.js';
import type { Id } from '../id.js';

/** A company's monthly spend is a whole number of at most this (reference 1.2). */
export const MAX_MONTHLY_SPEND = 2_147_483_647;

/** How many companies a contact may belong to. */
export const MAX_COMPANIES_OF_CONTACT = 1_000;

/**
 * An account that contacts belong to. `attributes` are the standard ones by API name, `company_id` and the times among
 * them; dates are unix seconds, fractions allowed; an absent key is unknown.
 */
export interface Company {
  readonly id: Id;
  readonly workspaceId: number;
  attributes: Attributes;
  customAttributes: Attributes;
}

/** What a client writes of a company, by API name; null clears, what is left out stays. */
export interface WrittenCompany {
  readonly attributes: Readonly<Record<string, AttributeValue | null>>;
  readonly customAttributes: Readonly<Record<string, AttributeValue | null>>;
}

/** Writes values into the company, and answers whether anything changed. `updated_at` moves when it did. */
export function writeCompany(company: Company, written: WrittenCompany, now: number): boolean {
  const changes = [
    ...Object.entries(written.attributes).map(([name, value]) => set(company.attributes, name, value)),
    ...Object.entries(written.customAttributes).map(([name, value]) =>
      set(company.customAttributes, name, value),
    ),
  ];
  if (!changes.includes(true)) return false;
  company.attributes['updated_at'] = now;
  return true;
}

function set(target: Attributes, name: string, value: AttributeValue | null): boolean {
  if ((target[name] ?? null) === value) return false;
  if (value === null) delete target[name];
  else target[name] = value;
  return true;
}
