import type { Attributes, AttributeValue, Company, Id } from '#domain';
import { bare } from './contact-row.js';

/** What a write may change, by column, each with how it is read from its parameter. Times are unix seconds. */
const WRITTEN = {
  name: 'text',
  plan: 'text',
  industry: 'text',
  website: 'text',
  monthly_spend: 'int',
  size: 'int',
  remote_created_at: 'time',
  last_request_at: 'time',
  updated_at: 'time',
} as const;
const TIMES = ['remote_created_at', 'last_request_at', 'created_at', 'updated_at'] as const;
const OTHERS = ['company_id', 'name', 'plan', 'industry', 'website', 'monthly_spend', 'size'] as const;
const READ = [...OTHERS, 'session_count', ...TIMES] as const;

const names = Object.keys(WRITTEN) as (keyof typeof WRITTEN)[];

/** What to select from `company c` for {@link toCompany}. */
export const COMPANY_COLUMNS = [
  'c.id, c.workspace_id, c.custom_attributes, c.session_count',
  ...OTHERS.map((column) => `c.${column}`),
  ...TIMES.map((column) => `extract(epoch FROM c.${column})::float8 AS ${column}`),
].join(', ');

/** The columns of a company that a write may change, from the parameter `$first` on; see {@link companyValues}. */
export const companySet = (first: number): string =>
  [
    ...names.map((name, i) => `${name} = ${read(WRITTEN[name], first + i)}`),
    `custom_attributes = $${first + names.length}::jsonb`,
  ].join(', ');

const read = (type: string, parameter: number): string =>
  type === 'time' ? `to_timestamp($${parameter}::float8)` : `$${parameter}::${type}`;

/** The parameters of {@link companySet}. */
export const companyValues = ({ attributes, customAttributes }: Company): unknown[] => [
  ...names.map((name) => attributes[name] ?? (name === 'monthly_spend' ? 0 : null)),
  JSON.stringify(customAttributes),
];

export interface CompanyRow extends Readonly<Record<(typeof READ)[number], AttributeValue | null>> {
  readonly id: Id;
  readonly workspace_id: number;
  readonly custom_attributes: Attributes;
}

export function toCompany(row: CompanyRow): Company {
  const attributes: Attributes = {};
  for (const column of READ) {
    const value = row[column];
    if (value !== null) attributes[column] = value;
  }
  return {
    id: row.id,
    workspaceId: row.workspace_id,
    attributes,
    customAttributes: bare(row.custom_attributes),
  };
}
