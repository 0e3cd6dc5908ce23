import { type BulkItem, type BulkReport, errorsOfItems } from '#contracts';
import type { DomainError } from '#domain';
import { errorEntry } from './error-list.js';

/** What became of each item; `outcomes` are those of the items that could be read, in their order. */
export function bulkReport(
  items: readonly BulkItem<unknown>[],
  outcomes: readonly (DomainError | null)[],
): BulkReport {
  const errors = errorsOfItems(items, outcomes);
  const refused = errors.filter((list) => list.length > 0).length;
  return {
    type: 'bulk_report',
    accepted: items.length - refused,
    refused,
    items: errors.map((list) => ({ accepted: list.length === 0, errors: list.map(errorEntry) })),
  };
}
