import type { Author } from '#domain';
import type { Caller } from '../http/current-workspace.decorator.js';

/** How a call writes: as it asks for, and in the name of its token's owner. */
export function writtenBy<T extends object>({ adminId }: Caller, query: T): T & { by: Author } {
  return { ...query, by: { source: 'api', adminId } };
}
