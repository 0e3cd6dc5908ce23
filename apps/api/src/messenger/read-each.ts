import type { z } from 'zod';
import { parse } from '#contracts';
import { DomainError, InvalidInput } from '#domain';

type Schemas = Readonly<Record<string, z.ZodType>>;

/** Values by the name that each was read by. */
export type Values<S extends Schemas> = { [K in keyof S]?: Exclude<z.output<S[K]>, undefined> };

/** What was read, and what is told of the rest. */
interface Read<S extends Schemas> {
  readonly values: Values<S>;
  readonly warnings: readonly DomainError[];
}

/** Reads each value by the schema of its name, and leaves out what is not as it should be. */
export function readEach<S extends Schemas>(schemas: S, data: Readonly<Record<string, unknown>>): Read<S> {
  const values: Record<string, unknown> = {};
  const warnings: DomainError[] = [];
  for (const [key, schema] of Object.entries(schemas)) {
    if (data[key] === undefined) continue;
    try {
      values[key] = parse(schema, data[key]);
    } catch (error) {
      warnings.push(...problemsOf(key, error));
    }
  }
  return { values: values as Values<S>, warnings };
}

/** Tells that a value was not taken, and why. */
export const leftOut = (field: string, why: string): DomainError =>
  new DomainError('parameter_invalid', `${field}: ${why}: it was left out`, field);

function problemsOf(key: string, error: unknown): DomainError[] {
  if (!(error instanceof InvalidInput)) throw error;
  return error.errors.map(({ message }) => leftOut(key, message.replace(/^The request: /, '')));
}
