import { z } from 'zod';
import type { CompanyPosition } from '#database';
import { DomainError, ID_PATTERN } from '#domain';

/** Where a search goes on: after a company, with its page of this number. */
export interface SearchCursor {
  readonly position: CompanyPosition;
  readonly page: number;
}

const triple = z.tuple([
  z.union([z.number(), z.string()]),
  z.string().regex(ID_PATTERN),
  z.int().min(2).max(Number.MAX_SAFE_INTEGER),
]);

/** As Intercom's: base64 of a triple of the value sorted by, the id, and the number of the page. */
export const encodeCursor = ({ position, page }: SearchCursor): string =>
  Buffer.from(JSON.stringify([position.value, position.id, page])).toString('base64url');

/** @param type of what is sorted by, which a cursor of another search may not have */
export function decodeCursor(cursor: string, type: 'string' | 'number'): SearchCursor {
  const read = triple.safeParse(jsonOf(cursor));
  if (!read.success || typeof read.data[0] !== type) throw unknown();
  const [value, id, page] = read.data;
  return { position: { value, id }, page };
}

function jsonOf(cursor: string): unknown {
  try {
    return JSON.parse(Buffer.from(cursor, 'base64url').toString());
  } catch {
    return undefined;
  }
}

function unknown(): DomainError {
  const field = 'pagination.starting_after';
  return new DomainError(
    'parameter_invalid',
    `${field}: expected what pages.next of this search said`,
    field,
  );
}
