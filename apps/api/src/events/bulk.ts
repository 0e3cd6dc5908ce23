import { type BulkReport, createEvent, parse } from '#contracts';
import { DomainError, InvalidInput } from '#domain';
import type { AcceptedEvent } from '#pipeline';
import { errorEntry } from '../http/error-list.js';
import { acceptedEvent } from './accepted-event.js';

type Item = { readonly event: AcceptedEvent } | { readonly errors: readonly DomainError[] };

/** Each item as accept takes it, or with what is wrong with it. */
export function readItems(items: readonly unknown[]): Item[] {
  return items.map((item) => {
    try {
      return { event: acceptedEvent(parse(createEvent, item)) };
    } catch (error) {
      return { errors: errorsOf(error) };
    }
  });
}

/** What became of each item; `outcomes` are those of the items that could be read, in their order. */
export function bulkReport(items: readonly Item[], outcomes: readonly (DomainError | null)[]): BulkReport {
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
