import { customName, typeOfField } from '../attribute/standard-attributes.js';
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

/** A sort as it came. */
export interface AskedSort {
  readonly field?: string | undefined;
  readonly order?: unknown;
}

/** How contacts are sorted. Throws `invalid_sort_order`, or `parameter_invalid` for a field that there is not. */
export function parseSort(asked: AskedSort): Sort {
  if (asked.field !== undefined && !isSortable(asked.field))
    throw new DomainError('parameter_invalid', `sort.field: unknown field "${asked.field}"`, 'sort.field');
  return sortBy(asked);
}

/** A sort whose field is known to be one. Throws `invalid_sort_order`. */
export function sortBy({ field, order }: AskedSort): Sort {
  if (order !== undefined && order !== 'ascending' && order !== 'descending')
    throw new DomainError(
      'invalid_sort_order',
      'sort.order: expected "ascending" or "descending"',
      'sort.order',
    );
  return { field: field ?? DEFAULT_SORT.field, order: order ?? DEFAULT_SORT.order };
}

function isSortable(field: string): boolean {
  return typeOfField(field) !== undefined && customName(field) !== '';
}
