import { type Target, typeOfCompanyField } from '#domain';
import { type Column, type Columns, customColumn } from './column.js';

const TYPES = { string: 'text', number: 'number', date: 'time' } as const;

const TAGS = 'company_tag r WHERE r.workspace_id = c.workspace_id AND r.company_id = c.id';

const OTHERS: ReadonlyMap<string, Column> = new Map<string, Column>([
  ['id', { sql: 'c.id', type: 'id' }],
  ['user_count', { sql: 'u.people', type: 'number' }],
  ['tag_id', { sql: 'r.tag_id', type: 'integer', related: TAGS }],
]);

/**
 * Where `company c` has what a filter asks: a column of its own, `custom_attributes`, or a related table; its people are
 * those of `peopleCounts`.
 */
export const companyColumns: Columns = (target: Target): Column => {
  if ('event' in target) throw new Error('A company has no events');
  const { field } = target;
  return customColumn(field) ?? OTHERS.get(field) ?? ownColumn(field);
};

function ownColumn(field: string): Column {
  const type = typeOfCompanyField(field);
  if (type === undefined || type === 'any' || type === 'boolean')
    throw new Error(`A company has no ${field}`);
  return { sql: `c.${field}`, type: TYPES[type] };
}
