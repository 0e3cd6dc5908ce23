import type { z } from 'zod';
import { DomainError, InvalidInput } from '#domain';

type Issue = z.core.$ZodIssue;
type Path = readonly PropertyKey[];

/** The input as its contract says, normalised. Throws {@link InvalidInput}. */
export function parse<S extends z.ZodType>(schema: S, input: unknown): z.output<S> {
  const result = schema.safeParse(input);
  if (result.success) return result.data;
  throw new InvalidInput(result.error.issues.flatMap((issue) => errorsOf(issue, input)));
}

function errorsOf(issue: Issue, input: unknown): DomainError[] {
  if (issue.code === 'custom' && issue.params?.['error'] instanceof DomainError)
    return [issue.params['error']];
  if (issue.code === 'unrecognized_keys')
    return issue.keys.map((key) => invalid([...issue.path, key], 'unknown parameter'));
  if (issue.code === 'invalid_key')
    return issue.issues.map((reason) => invalid(issue.path, `as a name, ${reason.message}`));
  return [isMissing(issue.path, input) ? missing(issue) : invalid(issue.path, issue.message)];
}

const invalid = (path: Path, message: string) => error('parameter_invalid', path, message);

const missing = (issue: Issue) => error('parameter_missing', issue.path, `is missing, ${issue.message}`);

function error(code: 'parameter_invalid' | 'parameter_missing', path: Path, message: string): DomainError {
  const field = path.map(String).join('.');
  return field === ''
    ? new DomainError(code, `The request: ${message}`)
    : new DomainError(code, `${field}: ${message}`, field);
}

function isMissing(path: Path, input: unknown): boolean {
  let value = input;
  for (const key of path) value = (value as Record<PropertyKey, unknown> | undefined)?.[key];
  return value === undefined;
}
