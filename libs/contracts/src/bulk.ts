import { DomainError, InvalidInput } from '#domain';

/** An item as it was read, or what is wrong with it. */
export type BulkItem<T> = { readonly read: T } | { readonly errors: readonly DomainError[] };

/** Each item as `read` takes it, which may throw a {@link DomainError} or {@link InvalidInput}. */
export function readItems<T>(
  items: readonly unknown[],
  read: (item: unknown, index: number) => T,
): BulkItem<T>[] {
  return items.map((item, index) => {
    try {
      return { read: read(item, index) };
    } catch (error) {
      return { errors: errorsOf(error) };
    }
  });
}

/** Those that could be read. */
export const readable = <T>(items: readonly BulkItem<T>[]): T[] =>
  items.flatMap((item) => ('read' in item ? [item.read] : []));

/** What is wrong with each item; `outcomes` are those of the items that could be read, in their order. */
export function errorsOfItems(
  items: readonly BulkItem<unknown>[],
  outcomes: readonly (DomainError | InvalidInput | null)[],
): (readonly DomainError[])[] {
  const left = outcomes.values();
  return items.map((item) => {
    if ('errors' in item) return item.errors;
    const { value: outcome } = left.next();
    return outcome ? errorsOf(outcome) : [];
  });
}

/** Anything but a refusal concerns the whole request. */
export function errorsOf(error: unknown): readonly DomainError[] {
  if (error instanceof InvalidInput) return error.errors;
  if (error instanceof DomainError) return [error];
  throw error;
}
