import type { Position, Sort } from '#domain';
import { cursorText } from './cursor.js';

/** Which page of a sorted list is answered. */
interface Place {
  readonly sort: Sort;
  readonly page: number;
  readonly perPage: number;
}

/** A page of a sorted list. `found` is one more than a page holds when there is a next one. */
export function cursorPage<T extends { readonly position: Position }>(
  found: readonly T[],
  { sort, page, perPage }: Place,
) {
  const shown = found.slice(0, perPage);
  const last = found.length > perPage ? shown.at(-1) : undefined;
  const next = last ? { page: page + 1, starting_after: cursorText(sort, last.position, page + 1) } : null;
  const pages = (total: number) => ({
    type: 'pages' as const,
    page,
    per_page: perPage,
    total_pages: Math.ceil(total / perPage),
    next,
  });
  return { shown, pages };
}
