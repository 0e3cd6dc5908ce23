import { createOrUpdateCompany, MAX_INLINE_COMPANIES } from '#contracts';
import { COMPANY_ATTRIBUTES, type DomainError } from '#domain';
import type { AskedCompany } from '#pipeline';
import { asNumber, cleaned, objectOf } from './page-data.js';
import { leftOut, readEach } from './read-each.js';

const { company_id, name, plan, monthly_spend, size, industry, website, remote_created_at } =
  createOrUpdateCompany.shape;
const ATTRIBUTES = {
  name,
  plan,
  monthly_spend,
  size,
  industry,
  website,
  remote_created_at,
};

/** Names of a company that say which it is, or are read as another one. */
const READ_ELSEWHERE = new Set(['id', 'company_id', 'created_at', 'custom_attributes']);

/** The companies of a page, and what of them cannot be taken. One without an id is none. */
export function readCompanies(companies: readonly unknown[]) {
  const taken: AskedCompany[] = [];
  const warnings: DomainError[] = [];
  for (const [index, company] of companies.slice(0, MAX_INLINE_COMPANIES).entries()) {
    const read = readCompany(company, `companies.${index}`);
    if (read.company) taken.push(read.company);
    warnings.push(...read.warnings);
  }
  if (companies.length > MAX_INLINE_COMPANIES)
    warnings.push(leftOut('companies', `expected at most ${MAX_INLINE_COMPANIES}, and one was more`));
  return { companies: taken, warnings };
}

function readCompany(given: unknown, field: string) {
  const { id, company_id: companyId = id, created_at, ...data } = cleaned(objectOf(given));
  const named = company_id.safeParse(typeof companyId === 'number' ? String(companyId) : companyId);
  if (!named.success) return { warnings: [leftOut(field, 'expected a company_id')] };
  const createdAt = asNumber(created_at ?? data['remote_created_at']);
  const read = readEach(ATTRIBUTES, { ...data, remote_created_at: createdAt });
  const others = Object.keys(data).filter(
    (key) => !Object.hasOwn(ATTRIBUTES, key) && !READ_ELSEWHERE.has(key),
  );
  const reserved = others.filter((key) => isReserved(key));
  const custom = others.filter((key) => !isReserved(key)).map((key) => [key, data[key]]);
  const company = {
    companyId: named.data,
    attributes: read.values,
    customAttributes: { ...objectOf(data['custom_attributes']), ...Object.fromEntries(custom) },
  };
  const warnings = reserved.map((key) => leftOut(`${field}.${key}`, 'a browser cannot set it'));
  return { company, warnings: [...read.warnings, ...warnings] };
}

/** `remove` and `update_last_request_at` are for backends. */
const isReserved = (key: string): boolean =>
  Object.hasOwn(COMPANY_ATTRIBUTES, key) || key === 'remove' || key === 'update_last_request_at';
