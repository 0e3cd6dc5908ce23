import { customName, type DataType } from '../attribute/standard-attributes.js';
import { DomainError } from '../domain-error.js';
import type { Field, Filter } from '../filter/filter.js';
import { type Input, parseCondition, parseTree } from '../filter/parse-filter.js';
import { type AskedSort, type Sort, sortBy } from '../search/sort.js';

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
};

/** What a search of companies may be sorted by. */
const COMPANY_SORTS: readonly string[] = [
  'created_at',
  'updated_at',
  'last_request_at',
  'remote_created_at',
  'monthly_spend',
  'size',
  'session_count',
  'user_count',
  'name',
];

/** The type of a field of a company; undefined when companies have no such field. */
export function typeOfCompanyField(field: string): DataType | 'any' | undefined {
  if (Object.hasOwn(COMPANY_FIELDS, field)) return COMPANY_FIELDS[field];
  if (!customName(field) || field.length > MAX_FIELD) return undefined;
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
  const type = typeof field === 'string' ? searchTypeOf(field) : undefined;
  if (typeof field !== 'string' || type === undefined)
    throw invalidField(
      `${path}.field`,
      'companies are searched by their own fields but plan, or custom_attributes.<name>',
    );
  return { field, ...parseCondition(type, asked, path) };
}

const searchTypeOf = (field: string): Field['type'] | undefined =>
  field === 'tag_id' ? 'tag' : typeOfCompanyField(field);

/** How companies are sorted. Throws `invalid_sort_order`, or `invalid_field` for what they are not sorted by. */
export function parseCompanySort(asked: AskedSort): Sort {
  if (asked.field !== undefined && !COMPANY_SORTS.includes(asked.field))
    throw invalidField('sort.field', `companies are sorted by ${COMPANY_SORTS.join(', ')}`);
  return sortBy(asked);
}

const invalidField = (field: string, message: string): DomainError =>
  new DomainError('invalid_field', `${field}: ${message}`, field);
