import type { z } from 'zod';
import { type DomainError, InvalidInput } from '#domain';
import { parse } from '#contracts';

/** The errors with which an input is refused. Throws when it is taken. */
export function refusalOf(schema: z.ZodType, input: unknown): readonly DomainError[] {
  try {
    parse(schema, input);
  } catch (error) {
    if (error instanceof InvalidInput) return error.errors;
    throw error;
  }
  throw new Error('The input was taken');
}

/** The statuses with which calls of the SDK are refused; undefined for one that is not. */
export async function statusesOf(calls: readonly PromiseLike<unknown>[]): Promise<unknown[]> {
  const outcomes = await Promise.allSettled(calls);
  return outcomes.map((outcome) =>
    outcome.status === 'rejected' ? (outcome.reason as { statusCode?: unknown }).statusCode : undefined,
  );
}
