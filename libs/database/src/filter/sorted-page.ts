import type { AttributeValue, Id, Position, Sort } from '#domain';
import { type Stretch, stretchesAfter } from './sort-sql.js';

/** Which part of what is found, in which order. */
export interface SortedPage {
  readonly sort: Sort;
  readonly after: Position | null;
  readonly limit: number;
}

/** A row that was selected with its sort value. */
export interface SortedRow {
  readonly id: Id;
  readonly sort_value: AttributeValue | null;
}

/** The rows of a page, a stretch after the other until there are enough. */
export async function readPage<T extends SortedRow>(
  page: SortedPage,
  read: (part: SortedPage & Stretch) => Promise<T[]>,
): Promise<T[]> {
  const rows: T[] = [];
  for (const stretch of stretchesAfter(page.after)) {
    const limit = page.limit - rows.length;
    if (limit > 0) rows.push(...(await read({ ...page, ...stretch, limit })));
  }
  return rows;
}

/** Where a page that ends with this row ends. */
export const positionOf = ({ sort_value: value, id }: SortedRow): Position => ({ value, id });
