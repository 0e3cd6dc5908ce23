import { z } from 'zod';
import { refuseUnstorableText } from '#contracts';
import { DomainError, ID_PATTERN, type Position, type Sort } from '#domain';

/** Where a sorted list goes on, and which page that is. */
export interface Cursor {
  readonly after: Position | null;
  readonly page: number;
}

const content = z.tuple([
  z.string(),
  z.string(),
  z.union([z.string(), z.number(), z.boolean(), z.null()]),
  z.string().regex(ID_PATTERN),
  z.int().min(2),
]);

/** A cursor as clients hand it back: to them it means nothing. */
export function cursorText({ field, order }: Sort, { value, id }: Position, page: number): string {
  return Buffer.from(JSON.stringify([field, order, value, id, page])).toString('base64url');
}

/**
 * The start of a list when there is no cursor.
 * @throws DomainError parameter_invalid for what is no cursor, and for the cursor of a list in another order
 */
export function readCursor(text: string | undefined, sort: Sort): Cursor {
  if (text === undefined) return { after: null, page: 1 };
  const parsed = content.safeParse(decoded(text));
  if (!parsed.success) throw invalid('is no cursor: expected pages.next.starting_after of the page before');
  const [field, order, value, id, page] = parsed.data;
  if (field !== sort.field || order !== sort.order)
    throw invalid(`is a cursor of the list sorted by ${field}, ${order}: sort as before, or start anew`);
  refuseUnstorableText({ starting_after: value });
  return { after: { value, id }, page };
}

function decoded(text: string): unknown {
  try {
    return JSON.parse(Buffer.from(text, 'base64url').toString());
  } catch {
    return undefined;
  }
}

const invalid = (message: string): DomainError =>
  new DomainError('parameter_invalid', `starting_after: ${message}`, 'starting_after');
