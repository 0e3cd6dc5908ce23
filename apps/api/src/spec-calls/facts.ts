import { MAX_ATTRIBUTE_STRING, DomainError } from '#domain';

/** What an SDK says, in no certain shape. */
export type Facts = Readonly<Record<string, unknown>>;

/** The object under a name; an empty one where there is none. */
export function factsAt(facts: Facts, name: string): Facts {
  const value = facts[name];
  return typeof value === 'object' && value !== null ? (value as Facts) : {};
}

/** The text under a name; none that is empty, or longer than `max` characters. */
export function textAt(facts: Facts, name: string, max = MAX_ATTRIBUTE_STRING): string | undefined {
  const value = facts[name];
  return typeof value === 'string' && value !== '' && value.length <= max ? value : undefined;
}

/** What is told of a value that was not kept. */
export const leftOut = (field: string, why: string): DomainError =>
  new DomainError('parameter_invalid', `${field} was left out: ${why}`, field);
