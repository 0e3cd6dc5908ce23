import type { DomainError } from '#domain';
import { errorEntry } from './error-list.js';

/** An answer, with `warnings` when something was left out of the write. */
export function withWarnings<T extends object>(object: T, warnings: readonly DomainError[]) {
  return warnings.length > 0 ? { ...object, warnings: warnings.map(errorEntry) } : object;
}
