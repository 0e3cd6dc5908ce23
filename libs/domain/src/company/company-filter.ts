import type { DataType } from '../attribute/standard-attributes.js';
import { DomainError } from '../domain-error.js';
import type { Filter } from '../filter/filter.js';
import { type Input, parseCondition, parseTree } from '../filter/parse-filter.js';

const CUSTOM = 'custom_attributes.';
const MAX_FIELD = 255;

/** What companies may be searched by, besides `custom_attributes.<name>` (reference 5.1: not by plan or segment). */
const COMPANY_FIELDS: Readonly<Record<string, DataType>> = {
  id: 'string',
  company_id: 'string',
  name: 'string',
  industry: 'string',
  website: 'string',
  monthly_spend: 'number',
  size: 'number',
  session_count: 'number',
  user_count: 'number',
  remote_created_at: 'date',
  created_at: 'date',
  updated_at: 'date',
  last_request_at: 'date',
  tag_id: 'string',
};

/** A company has a tag or not, has any or none. */
const TAG_OPERATORS = ['=', '!=', 'is_unknown', 'has_any_value'];

/** What a search of companies may be sorted by; `name` is the one that is no number. */
export const COMPANY_SORTS = [
  'created_at',
  'updated_at',
  'last_request_at',
  'remote_created_at',
  'monthly_spend',
  'size',
  'session_count',
  'user_count',
  'name',
] as const;
export type CompanySort = (typeof COMPANY_SORTS)[number];

/** The type of a field of a company; undefined when companies have no such field. */
export function typeOfCompanyField(field: string): DataType | 'any' | undefined {
  if (Object.hasOwn(COMPANY_FIELDS, field)) return COMPANY_FIELDS[field];
  if (!field.startsWith(CUSTOM) || field === CUSTOM || field.length > MAX_FIELD) return undefined;
  return field.endsWith('_at') ? 'date' : 'any';
}

/**
 * Checks the query of a search of companies and brings it into the form of a stored filter.
 * @throws DomainError invalid_field for what companies are not searched by, parameter_invalid for the rest
 */
export function parseCompanyFilter(input: unknown, path = 'query'): Filter {
  return parseTree(input, path, parseCompanyPredicate);
}

function parseCompanyPredicate({ field, ...asked }: Input, path: string): Filter {
  const type = typeof field === 'string' ? typeOfCompanyField(field) : undefined;
  if (typeof field !== 'string' || type === undefined) {
    const message = `${path}.field: companies are searched by their own fields but plan, or custom_attributes.<name>`;
    throw new DomainError('invalid_field', message, `${path}.field`);
  }
  const condition = parseCondition(type, asked, path);
  if ('unit' in condition || (field === 'tag_id' && !TAG_OPERATORS.includes(condition.operator))) {
    const message = `${path}.operator: ${condition.operator} is not for ${field} in a search of companies`;
    throw new DomainError('parameter_invalid', message, `${path}.operator`);
  }
  return { field, ...condition };
}
