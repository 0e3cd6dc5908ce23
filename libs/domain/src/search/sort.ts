import { typeOfField } from '../attribute/standard-attributes.js';
import type { AttributeValue } from '../contact/contact.js';
import { DomainError } from '../domain-error.js';
import type { Id } from '../id.js';

/** Unknown values come last in either order, and equal ones in the order of their ids. */
export interface Sort {
  readonly field: string;
  readonly order: 'ascending' | 'descending';
}

/** Newest first: what is created while a list is read does not move its pages. */
export const DEFAULT_SORT: Sort = { field: 'created_at', order: 'descending' };

/** Where a page ended: the sort value of its last thing, null if unknown, and its id. */
export interface Position {
  readonly value: AttributeValue | null;
  readonly id: Id;
}

/** Throws `invalid_sort_order`, or `parameter_invalid` for a field that there is not. */
export function parseSort({ field, order }: { field?: string | undefined; order?: unknown }): Sort {
  if (field !== undefined && !isSortable(field))
    throw new DomainError('parameter_invalid', `sort.field: unknown field "${field}"`, 'sort.field');
  if (order !== undefined && order !== 'ascending' && order !== 'descending')
    throw new DomainError(
      'invalid_sort_order',
      'sort.order: expected "ascending" or "descending"',
      'sort.order',
    );
  return { field: field ?? DEFAULT_SORT.field, order: order ?? DEFAULT_SORT.order };
}

function isSortable(field: string): boolean {
  return typeOfField(field) !== undefined && field !== 'custom_attributes.';
}
