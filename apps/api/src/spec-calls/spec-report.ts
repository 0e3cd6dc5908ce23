import { MAX_TOLD, type SpecBatchAnswer } from '#contracts';
import { DomainError, InvalidInput } from '#domain';
import type { Taken } from '#pipeline';
import { errorEntry } from '../http/error-list.js';
import type { ReadCall } from './signal-of.js';

/** What became of a call: refused for these errors, or taken but for what was left out. */
export interface Outcome {
  readonly errors: readonly DomainError[];
  readonly warnings: readonly DomainError[];
}

/** Anything but a refusal concerns the whole request. */
export function refusalsIn(error: unknown): readonly DomainError[] {
  if (error instanceof InvalidInput) return error.errors;
  if (error instanceof DomainError) return [error];
  throw error;
}

export const outcomeOf = ({ warnings }: ReadCall, taken: Taken): Outcome => ({
  errors: taken.refusal ? [taken.refusal] : [],
  warnings: taken.refusal ? [] : [...warnings, ...taken.warnings],
});

/** @param told the message id of each call, as far as it has one */
export function batchAnswer(outcomes: readonly Outcome[], told: readonly unknown[]): SpecBatchAnswer {
  const refused = outcomes.flatMap(({ errors }, index) => {
    const messageId = told[index];
    const named = typeof messageId === 'string' ? { messageId } : {};
    return errors.length === 0 ? [] : [{ index, ...named, errors: errors.map(errorEntry) }];
  });
  const success = refused.length === 0;
  return { success, ...(success ? {} : { refused }), ...leftOutOf(outcomes) };
}

/** Nothing, where nothing was left out. */
export function leftOutOf(outcomes: readonly Outcome[]) {
  const all = outcomes.flatMap(({ warnings }, index) =>
    warnings.map((warning) => ({ ...errorEntry(warning), index })),
  );
  return all.length === 0 ? {} : { left_out: all.length, warnings: all.slice(0, MAX_TOLD) };
}
