import { DomainError } from '#domain';

const DIGITS = /^[1-9]\d{0,15}$/;

/** Rows are numbered by `integer`, unless their table says `bigint`. */
const MAX_INTEGER = 2_147_483_647;
export const MAX_BIGINT = Number.MAX_SAFE_INTEGER;

/**
 * The number that a client names something by, as a string or as a number. What cannot be one names nothing: it is 0.
 * @param max what the numbers of the table may reach
 */
export function numberId(value: string | number, max = MAX_INTEGER): number {
  const id = DIGITS.test(`${value}`) ? Number(value) : 0;
  return id <= max ? id : 0;
}

/** What was looked for by its number. Throws not_found when it is not there. @param kind `tag`, `note` */
export function foundResource<T>(thing: T | null | undefined, kind: string, id: string | number): T {
  if (thing === null || thing === undefined) throw resourceNotFound(kind, id);
  return thing;
}

/** It reads unlike the error for a contact that is not there, as Intercom's does. */
export const resourceNotFound = (kind: string, id: string | number): DomainError =>
  new DomainError('not_found', `Resource Not Found: there is no ${kind} with the id ${id}`);
