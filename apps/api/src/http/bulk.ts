import type { BulkReport } from '#contracts';
import { DomainError, InvalidInput } from '#domain';
import { errorEntry } from './error-list.js';

type Item<T> = { readonly read: T } | { readonly errors: readonly DomainError[] };

/** Each item as `read` takes it, or with what is wrong with it. */
export function readItems<T>(items: readonly unknown[], read: (item: unknown) => T): Item<T>[] {
  return items.map((item) => {
    try {
      return { read: read(item) };
    } catch (error) {
      return { errors: errorsOf(error) };
    }
  });
}

/** Those that could be read. */
export const readable = <T>(items: readonly Item<T>[]): T[] =>
  items.flatMap((item) => ('read' in item ? [item.read] : []));

/** What became of each item; `outcomes` are those of the items that could be read, in their order. */
export function bulkReport(
  items: readonly Item<unknown>[],
  outcomes: readonly (DomainError | null)[],
): BulkReport {
  const left = outcomes.values();
  const errors = items.map((item) => ('errors' in item ? item.errors : outcomeErrors(left.next().value)));
  const refused = errors.filter((list) => list.length > 0).length;
  return {
    type: 'bulk_report',
    accepted: items.length - refused,
    refused,
    items: errors.map((list) => ({ accepted: list.length === 0, errors: list.map(errorEntry) })),
  };
}

const outcomeErrors = (outcome: DomainError | null | undefined) => (outcome ? errorsOf(outcome) : []);

/** Anything but a refusal concerns the whole request. */
function errorsOf(error: unknown): readonly DomainError[] {
  if (error instanceof InvalidInput) return error.errors;
  if (error instanceof DomainError) return [error];
  throw error;
}
